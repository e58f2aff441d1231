namespace NoiseGen.Benchmarks.Contest;

/// <summary>One network and variant on both sides: first checked to do the same work, then timed.</summary>
/// <param name="network">Name of the network.</param>
/// <param name="variant">The variant.</param>
/// <param name="sites">Number of noise sites.</param>
/// <param name="workload">The batch.</param>
/// <param name="ours">Our side.</param>
/// <param name="peer">The other.</param>
/// <param name="copyParameters">Copies our parameters to the peer and to what is exact.</param>
/// <param name="exact">Says which side is wrong where they differ.</param>
internal sealed class Match(
    string network, Variant variant, int sites, Workload workload, Side ours, Side peer, Action copyParameters, IExact exact)
{
    private const int Steps = 10;

    // Deep networks take longer to begin.
    private const int MostSteps = 70;
    private const int MoreSteps = 20;

    // One draw is a thousand numbers at the logits; more are averaged where evaluations are short,
    // and five times as many at a site that seems to differ.
    private const int EvaluationsOfAllSites = 50;
    private const int FewestEvaluations = 4;
    private const int SecondLook = 5;

    /// <summary>What is wrong with the peer, by double precision; null where nothing is, or has not been looked for.</summary>
    public string? PeerFault { get; private set; }

    /// <summary>Checks both sides and times training and evaluation.</summary>
    /// <exception cref="ContestException">We are wrong, or one side does not learn.</exception>
    public IEnumerable<Result> Run()
    {
        Check();
        yield return Time("train", contender => contender.TrainStep());
        yield return Time("evaluate", contender => contender.Evaluate());
    }

    /// <summary>Checks that both sides do the same work. A peer that does it wrong is told of, and compared with all the same.</summary>
    /// <exception cref="ContestException">We are wrong, or one side does not learn.</exception>
    public void Check()
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
    }

    private Result Time(string mode, Action<IContender> action)
    {
        (Timing our, Timing theirs) = Duel.Run(ours.Corner, () => action(ours.Contender), peer.Corner, () => action(peer.Contender));
        double spread = Math.Max(our.Spread, theirs.Spread);
        double ratio = theirs.Median / our.Median;
        return new Result(
            network, variant.Name, mode, workload.Threads, workload.Batch, our.Median, theirs.Median, ratio, spread, PeerFault);
    }

    private void SetSigma(int site, float sigma)
    {
        foreach (Side side in (Side[])[ours, peer]) side.Corner.Run(() => side.Contender.SetSigma(site, sigma));
    }

    // A few steps from the same weights keep the losses together, which proves backward and the optimizer;
    // a few more show that the networks learn.
    private void CheckLearning()
    {
        float first = LossAfter(peer, 1);
        float ourFirst = LossAfter(ours, 1);

        // Steps of one turn some last bits' differences into steps, all the more behind many layers;
        // verify compares images that stay away from them.
        Arbitrate("first losses", [ourFirst], [first], () => [exact.Loss()], variant.Quantize ? 0.05 : 0.001);

        float fall = first - LossAfter(ours, Steps);
        float expected = first - LossAfter(peer, Steps);
        // The peer leaves out the gradient through the weights' scale:
        // less work, and a different way down, all the more behind many quantizers. Their gradients are for verify to compare.
        // Beside a peer that is wrong there is nothing to compare.
        Require(
            variant.Quantize || PeerFault is not null || Math.Abs(fall / expected - 1) < 0.01,
            $"in {Steps} steps our loss falls by {fall:F4}, the peer's by {expected:F4}");

        foreach (Side side in (Side[])[ours, peer])
        {
            float last = float.NaN;
            for (int steps = Steps; steps < MostSteps && !(last < first / 2); steps += MoreSteps) last = LossAfter(side, MoreSteps);
            Require(last < first / 2, $"after {MostSteps} steps the loss of {side.Name} is {last:F3}, from {first:F3}: it does not learn");
        }
    }

    // The same trained weights without noise give the same logits;
    // a quantizer may turn a last bit's difference into a step, here and there.
    private void CheckLogits()
    {
        float[] logits = ours.Run(contender => contender.Logits());
        float[] expected = peer.Run(contender => contender.Logits());
        Arbitrate("logits", logits, expected, exact.Logits, variant.Quantize ? 0.1 : 1e-5);
    }

    private void Arbitrate(string values, float[] our, float[] theirs, Func<double[]> wanted, double allowed)
    {
        var found = Arbitration.Of(our, theirs, () => peer.Corner.Run(wanted), allowed);
        Require(found.AreOursRight, $"we are wrong: {found.Finding(values)}");
        if (!found.ArePeersRight) PeerFault ??= $"{peer.Name} is wrong: {found.Finding(values)}";
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
            Require(IsAlike(ratio),
                $"noise site {site} disturbs our logits {ratio:F2} times as much as the peer's, 0.85 to 1.15 is allowed");
        }
    }

    private static bool IsAlike(double ratio) => ratio is > 0.85 and < 1.15;

    // Ours by the peer's.
    private double NoiseAtLogits(int evaluations)
    {
        double Of(Side side) => Enumerable.Range(0, evaluations)
            .Average(_ => Rms(side.Run(contender => contender.Logits()), side.Run(contender => contender.Logits())));
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
