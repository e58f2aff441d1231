namespace NoiseGen.Benchmarks.Contest;

/// <summary>One network and variant on both sides: first checked to do the same work, then timed.</summary>
internal sealed class Match(string network, Variant variant, Workload workload, Side ours, Side peer)
{
    private const int Steps = 5;
    private const int MoreSteps = 25;

    /// <summary>Checks both sides and times training and evaluation.</summary>
    /// <exception cref="ContestException">The sides disagree, or one does not learn.</exception>
    public IEnumerable<Result> Run()
    {
        SetSigma(0f);
        CheckLogits();
        if (variant.Noise) CheckNoise();
        CheckLearning();
        SetSigma(Training.Sigma);
        yield return Time("train", contender => contender.TrainStep());
        yield return Time("evaluate", contender => contender.Evaluate());
    }

    private Result Time(string mode, Action<IContender> action)
    {
        (Timing our, Timing theirs) = Duel.Run(ours.Corner, () => action(ours.Contender), peer.Corner, () => action(peer.Contender));
        double spread = Math.Max(our.High / our.Low, theirs.High / theirs.Low);
        return new Result(network, variant.Name, mode, workload.Threads, workload.Batch, our.Median, theirs.Median, theirs.Median / our.Median, spread);
    }

    private void SetSigma(float sigma)
    {
        foreach (Side side in (Side[])[ours, peer]) side.Run(contender => contender.Sigma = sigma);
    }

    // The same weights without noise give the same logits; a quantizer may turn a last bit's difference into a step, here and there.
    private void CheckLogits()
    {
        float[] logits = ours.Run(contender => contender.Logits());
        float[] expected = peer.Run(contender => contender.Logits());
        double difference = Rms(logits, expected) / Rms(expected, new float[expected.Length]);
        double allowed = variant.Quantize ? 0.02 : 1e-4;
        Require(difference <= allowed, $"the logits of the same weights differ by {difference:E1} of their size, {allowed:E1} is allowed");
    }

    // As many standard deviations of noise reach the logits on both sides: kind, sites and strength are the same.
    private void CheckNoise()
    {
        SetSigma(Training.Sigma);
        double ratio = NoiseAtLogits(ours) / NoiseAtLogits(peer);
        Require(ratio is > 0.85 and < 1.15, $"the noise that reaches our logits is {ratio:F2} times the peer's, 0.85 to 1.15 is allowed");
        SetSigma(0f);
    }

    private static double NoiseAtLogits(Side side) =>
        Rms(side.Run(contender => contender.Logits()), side.Run(contender => contender.Logits()));

    // A few steps from the same weights keep the losses together, which proves backward and the optimizer; a few more show that the networks learn.
    private void CheckLearning()
    {
        float first = peer.Run(contender => contender.TrainStep());
        float ourFirst = ours.Run(contender => contender.TrainStep());
        Require(Math.Abs(ourFirst / first - 1) < 0.02, $"our first loss is {ourFirst:F3}, the peer's {first:F3}");

        float loss = LossAfter(ours, Steps);
        float expected = LossAfter(peer, Steps);
        Require(Math.Abs(loss / expected - 1) < 0.1, $"after {Steps} steps our loss is {loss:F3}, the peer's {expected:F3}");

        foreach (Side side in (Side[])[ours, peer])
        {
            float last = LossAfter(side, MoreSteps);
            Require(last < first / 2, $"after {Steps + MoreSteps} steps the loss of {side.Name} is {last:F3}, from {first:F3}: it does not learn");
        }
    }

    private static float LossAfter(Side side, int steps)
    {
        float loss = float.NaN;
        for (int step = 0; step < steps; step++) loss = side.Run(contender => contender.TrainStep());
        return loss;
    }

    private static double Rms(float[] left, float[] right) => Math.Sqrt(left.Zip(right, (x, y) => (double)(x - y) * (x - y)).Average());

    private void Require(bool condition, string fault)
    {
        if (!condition) throw new ContestException($"{network}, {variant.Name}: {fault}.");
    }
}
