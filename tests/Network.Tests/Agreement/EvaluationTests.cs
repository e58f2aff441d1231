using NoiseGen.CompilerServices;
using NoiseGen.Tests.Declared;
using NoiseGen.Tests.Reference;

namespace NoiseGen.Tests.Agreement;

/// <summary>Logits, loss and hits of an evaluation, compared with the oracle's.</summary>
public class EvaluationTests
{
    public static TheoryData<string> Names => [.. DeclaredNetworks.Names];

    // Three whole batches and a partial one, so that the noise's image numbers run past the end of a batch.
    private const int BatchSize = 16;
    private const int Count = 53;

    [Theory]
    [MemberData(nameof(Names))]
    public void LogitsAndLossAgree(string name)
    {
        using var twin = new Twin(name, BatchSize);
        twin.Synchronize();
        foreach (uint draw in new uint[] { 0, 3 })
        {
            var noise = new NoiseKey(twin.Network.Seed, draw, Evaluation: true);
            Batch batch = twin.DrawBatch(Count, noise);
            double[][] expected = [.. batch.Images.Select((image, i) => twin.Reference.Logits(image, new(noise, i)))];

            var logits = new float[Count * twin.Network.Classes];
            twin.Network.Forward(batch.Pixels, logits, draw);
            EvaluationResult result = twin.Network.Evaluate(batch.Pixels, batch.Labels, draw);

            AssertAgreement.Tensor(
                $"logits of {name}", [.. expected.SelectMany(row => row)], Array.ConvertAll(logits, value => (double)value));
            AssertAgreement.Loss(expected.Zip(batch.Labels, ReferenceLoss.Loss).Average(), result.Loss);
            Assert.Equal(expected.Zip(batch.Labels, (row, label) => row[label] == row.Max()).Count(hit => hit), result.Correct);
            Assert.Equal(Count, result.Count);
        }
    }
}
