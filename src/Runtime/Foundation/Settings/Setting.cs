using System.Numerics;

namespace NoiseGen;

/// <summary>Range checks for settings. NaN is outside every range.</summary>
internal static class Setting
{
    /// <summary>Whether a number is finite and at least 0.</summary>
    public static bool IsNotNegative<T>(T value) where T : IFloatingPoint<T> => value >= T.Zero && T.IsFinite(value);

    /// <summary>Whether a number is finite and above 0.</summary>
    public static bool IsPositive<T>(T value) where T : IFloatingPoint<T> => value > T.Zero && T.IsFinite(value);

    public static T NotNegative<T>(T value, string name) where T : IFloatingPoint<T> => IsNotNegative(value)
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} is a finite number, at least 0.");

    public static T Positive<T>(T value, string name) where T : IFloatingPoint<T> => IsPositive(value)
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} is a finite number above 0.");

    public static T Fraction<T>(T value, string name) where T : IFloatingPoint<T> => value >= T.Zero && value < T.One
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} is at least 0 and below 1.");
}
