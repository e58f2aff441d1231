namespace NoiseGen.Runtime.Tests.Storage;

/// <summary>Files written by other tools; the programs are next to them.</summary>
internal static class ToolFile
{
    public static string At(string name) => Path.Combine(AppContext.BaseDirectory, "Storage", "Files", name);

    /// <summary>Asserts that a network computes the same logits as another tool.</summary>
    /// <param name="name">Name of a file with the tensors <c>images</c> and <c>logits</c>.</param>
    /// <param name="network">The network, with the tool's weights.</param>
    /// <param name="tolerance">Tolerance relative to the largest logit.</param>
    public static void AssertLogits(string name, NeuralNetwork network, double tolerance)
    {
        using SafetensorsFile file = SafetensorsFile.Open(At(name));
        float[] images = file.Read("images"), expected = file.Read("logits");
        var actual = new float[expected.Length];
        network.Forward(images, actual);
        double most = tolerance * expected.Max(MathF.Abs);
        for (int i = 0; i < expected.Length; i++) Assert.InRange(actual[i], expected[i] - most, expected[i] + most);
    }
}
