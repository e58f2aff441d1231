namespace NoiseGen.Benchmarks.Contest;

/// <summary>One side of a comparison: a network, its optimizer and the batch, ready in the layout that this side's user would have it in.</summary>
internal interface IContender : IDisposable
{
    /// <summary>Standard deviation of the noise at every site.</summary>
    float Sigma { set; }

    /// <summary>Forward, backward and Adam's update.</summary>
    /// <returns>The mean loss before the update.</returns>
    float TrainStep();

    /// <summary>Forward alone, with fresh noise.</summary>
    void Evaluate();

    /// <summary>Evaluates, and copies the logits out: image × class.</summary>
    float[] Logits();
}
