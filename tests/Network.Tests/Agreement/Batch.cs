namespace NoiseGen.Tests.Agreement;

/// <summary>Images and labels: in double for the reference, in float for the network, the same values.</summary>
internal sealed record Batch(double[][] Images, int[] Labels)
{
    public int Count => Labels.Length;

    /// <summary>The images one after the other, as the network takes them.</summary>
    public float[] Pixels { get; } = [.. Images.SelectMany(image => image).Select(value => (float)value)];
}
