using NoiseGen.CompilerServices;

namespace NoiseGen;

// Evaluation.
public abstract partial class NeuralNetwork
{
    /// <summary>Computes the logits of any number of images, with the noise given by the evaluation sigmas of the sites.</summary>
    /// <param name="images">Images in channel × row × column order, one after another.</param>
    /// <param name="logits">Receives the logits, image × class.</param>
    /// <param name="draw">Number of the noise realisation: the same number gives the same samples.</param>
    /// <exception cref="ArgumentException">The lengths do not fit the network, or a pixel is not a finite number.</exception>
    /// <exception cref="InvalidOperationException">Another call is using the network, or the range of a noise site is not known
    /// yet.</exception>
    /// <exception cref="ObjectDisposedException">The network was disposed of.</exception>
    public void Forward(ReadOnlySpan<float> images, Span<float> logits, uint draw = 0)
    {
        Examples examples = Examples.Of(images);
        int count = _checks.Count(examples);
        if (logits.Length != (long)count * Classes)
        {
            throw new ArgumentException(
                $"{count} images have {count} × {Classes} = {(long)count * Classes} logits, but there is room for {logits.Length}.",
                nameof(logits));
        }

        EvaluateAll(examples, count, logits, draw);
    }

    /// <summary>Computes the logits of all images of a source, with the noise given by the evaluation sigmas of the sites.</summary>
    /// <param name="batches">A source of this network's shape; it is restarted.</param>
    /// <param name="draw">Number of the noise realisation: the same number gives the same samples.</param>
    /// <returns>The logits, image × class, in the source's order.</returns>
    /// <exception cref="ArgumentException">The source does not fit the network, a label is not a class, or a pixel or target is not a
    /// finite number.</exception>
    /// <exception cref="InvalidOperationException">Another call is using the network, the range of a noise site is not known yet,
    /// or the network has a single output, and so no classes.</exception>
    /// <exception cref="ObjectDisposedException">The network was disposed of.</exception>
    public float[] Forward(BatchSource batches, uint draw = 0)
    {
        _checks.Source(batches);
        using NetworkUse.Call call = _use.Enter();
        NoisePass noise = _engine.BeginEvaluation(draw);
        List<float> all = [];
        float[] batch = new float[BatchSize * Classes];
        batches.Start(0);
        while (batches.MoveNext())
        {
            int count = _engine.Evaluate(batches, noise).Count;
            _engine.CopyLogits(count, batch);
            all.AddRange(batch.AsSpan(0, count * Classes));
        }

        return [.. all];
    }

    /// <summary>Evaluates all batches of a source, with the noise given by the evaluation sigmas of the sites.</summary>
    /// <param name="batches">A source of this network's shape; it is restarted.</param>
    /// <param name="draw">Number of the noise realisation: the same number gives the same samples.</param>
    /// <exception cref="ArgumentException">The source does not fit the network, a label is not a class, or a pixel or target is not a
    /// finite number.</exception>
    /// <exception cref="InvalidOperationException">Another call is using the network, the range of a noise site is not known yet,
    /// or the network has a single output, and so no classes.</exception>
    /// <exception cref="ObjectDisposedException">The network was disposed of.</exception>
    public EvaluationResult Evaluate(BatchSource batches, uint draw = 0)
    {
        _checks.Source(batches);
        using NetworkUse.Call call = _use.Enter();
        NoisePass noise = _engine.BeginEvaluation(draw);
        var total = default(BatchTotals);
        batches.Start(0);
        while (batches.MoveNext()) total += _engine.Evaluate(batches, noise);
        if (total.Count == 0) throw new ArgumentException("This source has no batches: there is nothing to evaluate.", nameof(batches));
        return Result(total, batches.Targets > 0);
    }

    /// <summary>Evaluates images, with the noise given by the evaluation sigmas of the sites.</summary>
    /// <param name="images">Images in channel × row × column order, one after another.</param>
    /// <param name="labels">Their classes, 0 … <see cref="Classes"/> − 1.</param>
    /// <param name="draw">Number of the noise realisation: the same number gives the same samples.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, a label is not a class, or a pixel is not a finite number.</exception>
    /// <exception cref="InvalidOperationException">Another call is using the network, the range of a noise site is not known yet,
    /// or the network has a single output, and so no classes.</exception>
    /// <exception cref="ObjectDisposedException">The network was disposed of.</exception>
    public EvaluationResult Evaluate(ReadOnlySpan<float> images, ReadOnlySpan<int> labels, uint draw = 0) =>
        Evaluate(Examples.WithLabels(images, labels), draw);

    /// <summary>The mean squared error of images, with the noise given by the evaluation sigmas of the sites.</summary>
    /// <param name="images">Images in channel × row × column order, one after another.</param>
    /// <param name="targets">The target outputs, image × output.</param>
    /// <param name="draw">Number of the noise realisation: the same number gives the same samples.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or a pixel or target is not a finite number.</exception>
    /// <exception cref="InvalidOperationException">Another call is using the network, or the range of a noise site is not known
    /// yet.</exception>
    /// <exception cref="ObjectDisposedException">The network was disposed of.</exception>
    public EvaluationResult Evaluate(ReadOnlySpan<float> images, ReadOnlySpan<float> targets, uint draw = 0) =>
        Evaluate(Examples.WithTargets(images, targets), draw);

    /// <summary>
    /// Finds the range of each noise site that was declared with <see cref="SigmaUnit.Range"/>: the largest magnitude of its values over
    /// all images of a source, in evaluation and without any noise, including weight noise. Earlier ranges are replaced. Until its range
    /// has been found, set or loaded, such a site accepts only a sigma of 0.
    /// </summary>
    /// <param name="batches">A source of this network's shape, usually a part of the training data; it is restarted.</param>
    /// <exception cref="ArgumentException">
    /// The source does not fit the network, or has no batches; a label is not a class; or a pixel or target is not a finite number.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// No site has such a unit; a site's values are not finite numbers; or another call is using the network. The ranges are unchanged.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The network was disposed of.</exception>
    public void Calibrate(BatchSource batches)
    {
        _checks.Source(batches);
        NoiseSite[] sites = [.. Noise.Where(site => site.Description.Unit == SigmaUnit.Range)];
        if (sites.Length == 0)
        {
            throw new InvalidOperationException(
                $"{Description.Name} has nothing to calibrate: no noise site was declared with Unit = "
                    + $"SigmaUnit.{nameof(SigmaUnit.Range)}.");
        }

        using NetworkUse.Call call = _use.Enter();
        var calibration = new Calibration(Noise.Count, (BatchSize + LaneLayout.Lanes - 1) / LaneLayout.Lanes);
        NoisePass noise = _engine.BeginCalibration(calibration);
        batches.Start(0);
        bool isEmpty = true;
        while (batches.MoveNext())
        {
            calibration.EndBatch(_engine.Evaluate(batches, noise).Count);
            isEmpty = false;
        }

        if (isEmpty) throw new ArgumentException("This source has no batches: there is nothing to calibrate with.", nameof(batches));
        if (Array.Find(sites, site => !float.IsFinite(calibration.Range(site.Index))) is { } broken)
            throw new InvalidOperationException($"Noise site {broken.Name} has values that are not finite numbers, and so no range.");
        foreach (NoiseSite site in sites) site.Range = calibration.Range(site.Index);
    }

    /// <summary>Evaluates a batch as a teacher.</summary>
    /// <param name="batch">The source of the batch.</param>
    /// <param name="logits">Receives the logits, block × class × 32.</param>
    internal void EvaluateInto(BatchSource batch, Arena logits)
    {
        using NetworkUse.Call call = _use.Enter();
        int count = _engine.Evaluate(batch, _engine.BeginEvaluation(draw: 0)).Count;
        _engine.CopyLogitLanes(count, logits);
    }

    private EvaluationResult Evaluate(in Examples examples, uint draw)
    {
        int count = _checks.Count(examples);
        return Result(EvaluateAll(examples, count, [], draw), examples.HasTargets);
    }

    // Batch by batch. The logits are copied only if the span is not empty.
    private unsafe BatchTotals EvaluateAll(in Examples examples, int count, Span<float> logits, uint draw)
    {
        using NetworkUse.Call call = _use.Enter();
        NoisePass noise = _engine.BeginEvaluation(draw);
        var total = default(BatchTotals);
        fixed (float* images = examples.Images, targets = examples.Targets)
        fixed (int* labels = examples.Labels)
        {
            var spans = new PinnedExamples(images, labels, targets);
            for (int first = 0; first < count; first += BatchSize)
            {
                int batch = Math.Min(BatchSize, count - first);
                _spanBatch.Set(spans, batch, first);
                total += _engine.Evaluate(_spanBatch, noise);
                if (!logits.IsEmpty) _engine.CopyLogits(batch, logits.Slice(first * Classes, batch * Classes));
            }
        }

        return total;
    }

    private static EvaluationResult Result(BatchTotals total, bool hasTargets) =>
        new(total.Loss / total.Count, total.Correct, total.Count) { HasTargets = hasTargets };
}
