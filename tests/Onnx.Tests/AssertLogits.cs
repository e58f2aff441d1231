using NoiseGen.Tests.Agreement;

namespace NoiseGen.Tests;

/// <summary>Comparisons of a model's logits with those of its network.</summary>
internal static class AssertLogits
{
    /// <summary>Every logit's error is at most 1e-4 of the largest.</summary>
    public static void Agree(NeuralNetwork network, OnnxModel model, float[] images)
    {
        float[] logits = new float[images.Length / network.Description.Input.Count * network.Classes];
        network.Forward(images, logits);
        AssertAgreement.Tensor($"logits of {network.Description.Name}", Twin.Widen(logits), Twin.Widen(model.Run(images)));
    }
}
