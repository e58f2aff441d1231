namespace NoiseGen.CompilerServices;

/// <summary>Static partitions: which of <c>count</c> items belong to each of <c>parts</c>.</summary>
[System.ComponentModel.EditorBrowsable(System.ComponentModel.EditorBrowsableState.Never)]
public static class Share
{
    /// <summary>The first item of a part; that of the part after the last is <paramref name="count"/>.</summary>
    public static int Start(int count, int part, int parts) => (int)((long)count * part / parts);
}
