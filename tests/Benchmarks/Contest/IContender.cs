namespace NoiseGen.Benchmarks.Contest;

/// <summary>
/// One side of a comparison: a network, its optimizer and the batch, ready in the layout that this side's user would have it in.
/// </summary>
internal interface IContender : IDisposable
{
    /// <summary>Sets the standard deviation of a site's noise, in training and evaluation; it is 0 at first.</summary>
    /// <param name="site">The site's place in execution order, from 0.</param>
    /// <param name="sigma">Standard deviation, at least 0.</param>
    void SetSigma(int site, float sigma);

    /// <summary>Forward, backward and Adam's update.</summary>
    /// <returns>The mean loss before the update.</returns>
    float TrainStep();

    /// <summary>Forward alone, with fresh noise.</summary>
    void Evaluate();

    /// <summary>Evaluates, and copies the logits out: image × class.</summary>
    float[] Logits();
}
