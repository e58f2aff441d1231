using System.Numerics;

namespace NoiseGen;

/// <summary>The ranges of an optimizer's settings, checked when they are set.</summary>
internal static class Setting
{
    public static T NotNegative<T>(T value, string name) where T : IFloatingPoint<T> => value >= T.Zero && T.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} is a finite number, at least 0.");

    public static T Positive<T>(T value, string name) where T : IFloatingPoint<T> => value > T.Zero && T.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} is a finite number above 0.");

    public static T Fraction<T>(T value, string name) where T : IFloatingPoint<T> => value >= T.Zero && value < T.One
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} is at least 0 and below 1.");
}
