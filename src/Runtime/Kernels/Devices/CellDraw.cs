namespace NoiseGen;

/// <summary>What a random number of a memory cell is for. Each weight has a pair of cells.</summary>
public enum CellDraw
{
    /// <summary>The programmed conductance of the positive part's cell.</summary>
    PositiveProgramming,

    /// <summary>Of the negative part's.</summary>
    NegativeProgramming,

    /// <summary>How the positive part's cell ages.</summary>
    PositiveAging,

    /// <summary>How the negative part's does.</summary>
    NegativeAging,

    /// <summary>What an evaluation reads of the positive part's cell.</summary>
    PositiveReading,

    /// <summary>Of the negative part's.</summary>
    NegativeReading,

    /// <summary>Whether the positive part's cell is stuck.</summary>
    PositiveFault,

    /// <summary>Whether the negative part's is.</summary>
    NegativeFault,
}
