using System.Runtime.Intrinsics;

namespace NoiseGen;

/// <summary>Masks of lanes.</summary>
internal static class LeadingLanes
{
    /// <summary>All bits in the first lanes, none in the others.</summary>
    /// <param name="lanes">Number of lanes; none if it is 0 or less, all if it is 16 or more.</param>
    public static Vector512<float> First(int lanes) => Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(lanes)).AsSingle();
}
