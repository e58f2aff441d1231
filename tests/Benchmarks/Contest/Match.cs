namespace NoiseGen.Benchmarks.Contest;

/// <summary>One network and variant on both sides: first checked to do the same work, then timed.</summary>
/// <param name="network">Name of the network.</param>
/// <param name="variant">The variant.</param>
/// <param name="sites">Number of noise sites.</param>
/// <param name="workload">The batch.</param>
/// <param name="ours">Our side.</param>
/// <param name="peer">The other.</param>
/// <param name="copyParameters">Copies our parameters to the peer.</param>
internal sealed class Match(string network, Variant variant, int sites, Workload workload, Side ours, Side peer, Action copyParameters)
{
    private const int Steps = 10;

    // Deep networks take longer to begin.
    private const int MostSteps = 70;
    private const int MoreSteps = 20;

    // One draw is a thousand numbers at the logits; more are averaged where evaluations are short, and five times as many at a site that seems to differ.
    private const int EvaluationsOfAllSites = 50;
    private const int FewestEvaluations = 4;
    private const int SecondLook = 5;

    /// <summary>Checks both sides and times training and evaluation.</summary>
    /// <exception cref="ContestException">The sides disagree, or one does not learn.</exception>
    public IEnumerable<Result> Run()
    {
        copyParameters();
        CheckLearning();
        copyParameters();
        CheckLogits();
        if (variant.Noise)
        {
            CheckNoise();
            for (int site = 0; site < sites; site++) SetSigma(site, Training.Sigma);
        }

        yield return Time("train", contender => contender.TrainStep());
        yield return Time("evaluate", contender => contender.Evaluate());
    }

    private Result Time(string mode, Action<IContender> action)
    {
        (Timing our, Timing theirs) = Duel.Run(ours.Corner, () => action(ours.Contender), peer.Corner, () => action(peer.Contender));
        double spread = Math.Max(our.Spread, theirs.Spread);
        return new Result(network, variant.Name, mode, workload.Threads, workload.Batch, our.Median, theirs.Median, theirs.Median / our.Median, spread);
    }

    private void SetSigma(int site, float sigma)
    {
        foreach (Side side in (Side[])[ours, peer]) side.Corner.Run(() => side.Contender.SetSigma(site, sigma));
    }

    // A few steps from the same weights keep the losses together, which proves backward and the optimizer; a few more show that the networks learn.
    private void CheckLearning()
    {
        float first = LossAfter(peer, 1);
        float ourFirst = LossAfter(ours, 1);

        // Steps of one turn some last bits' differences into steps, all the more behind many layers; verify compares images that stay away from them.
        double allowedAtFirst = variant.Quantize ? 0.05 : 0.001;
        Require(Math.Abs(ourFirst / first - 1) < allowedAtFirst, $"our first loss is {ourFirst:F4}, the peer's {first:F4}");

        float fall = first - LossAfter(ours, Steps);
        float expected = first - LossAfter(peer, Steps);
        // The peer leaves out the gradient through the weights' scale: less work, and a different way down, all the more behind many quantizers. Their gradients are
        // for verify to compare.
        Require(variant.Quantize || Math.Abs(fall / expected - 1) < 0.01, $"in {Steps} steps our loss falls by {fall:F4}, the peer's by {expected:F4}");

        foreach (Side side in (Side[])[ours, peer])
        {
            float last = float.NaN;
            for (int steps = Steps; steps < MostSteps && !(last < first / 2); steps += MoreSteps) last = LossAfter(side, MoreSteps);
            Require(last < first / 2, $"after {MostSteps} steps the loss of {side.Name} is {last:F3}, from {first:F3}: it does not learn");
        }
    }

    // The same trained weights without noise give the same logits; a quantizer may turn a last bit's difference into a step, here and there.
    private void CheckLogits()
    {
        float[] logits = ours.Run(contender => contender.Logits());
        float[] expected = peer.Run(contender => contender.Logits());
        double difference = Rms(logits, expected) / Rms(expected, new float[expected.Length]);
        double allowed = variant.Quantize ? 0.1 : 1e-5;
        Require(difference <= allowed, $"the logits of the same weights differ by {difference:E1} of their size, {allowed:E0} is allowed");
    }

    // One site after another is noisy; as much of its noise reaches the logits on both sides.
    private void CheckNoise()
    {
        int evaluations = Math.Max(FewestEvaluations, EvaluationsOfAllSites / sites);
        for (int site = 0; site < sites; site++)
        {
            SetSigma(site, 1f);
            double ratio = NoiseAtLogits(evaluations);
            if (!IsAlike(ratio)) ratio = NoiseAtLogits(SecondLook * evaluations);
            SetSigma(site, 0f);
            Require(IsAlike(ratio), $"noise site {site} disturbs our logits {ratio:F2} times as much as the peer's, 0.85 to 1.15 is allowed");
        }
    }

    private static bool IsAlike(double ratio) => ratio is > 0.85 and < 1.15;

    // Ours by the peer's.
    private double NoiseAtLogits(int evaluations)
    {
        double Of(Side side) => Enumerable.Range(0, evaluations).Average(_ => Rms(side.Run(contender => contender.Logits()), side.Run(contender => contender.Logits())));
        return Of(ours) / Of(peer);
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
