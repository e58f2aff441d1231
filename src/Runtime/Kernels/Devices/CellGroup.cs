namespace NoiseGen.CompilerServices;

/// <summary>
/// Weights that are programmed together: as many as <see cref="PhiloxLanes"/> has random numbers in a group, four vectors for each half
/// of thirty-two lanes.
/// </summary>
internal static class CellGroup
{
    /// <summary>Weights of a group: as many as are disturbed together, so that a share disturbs what it has programmed.</summary>
    public const int Size = WeightDisturbance.Group;

    /// <summary>What room a number of weights takes in whole groups.</summary>
    public static int RoundedUp(int count) => (count + Size - 1) / Size * Size;
}

/// <summary>Where the results of a group of weights go.</summary>
internal readonly ref struct CellResults(ref float values, bool keepsMagnitudes, ref float programmed, ref float aged)
{
    /// <summary>The weights as they are read.</summary>
    public readonly ref float Values = ref values;

    /// <summary>Whether the two magnitudes are asked for.</summary>
    public readonly bool KeepsMagnitudes = keepsMagnitudes;

    /// <summary>Magnitudes of the weights as programmed.</summary>
    public readonly ref float Programmed = ref programmed;

    /// <summary>Magnitudes of the weights as aged, without the fluctuations of reading.</summary>
    public readonly ref float Aged = ref aged;
}
