using NoiseGen.CompilerServices;

namespace NoiseGen;

/// <summary>
/// Runs a network's evaluations and training steps. It serves one call at a time, and checks only what the batches of a source can show.
/// </summary>
internal sealed class Engine : IDisposable
{
    private readonly NetworkModel _model;
    private readonly WorkMemory _memory;
    private readonly PhaseRunner _runner;
    private readonly BatchInput _input;
    private readonly BatchLoss _loss;
    private readonly Layers _layers;
    private readonly SiteStrengths _strengths;
    private readonly WeightPhases _weights;
    private readonly EvaluationPhases _evaluation;
    private readonly TrainingPhases _training;
    private readonly ScaleCollection _collection;
    private readonly UpdatePhases _update;

    /// <param name="model">The network.</param>
    /// <param name="code">Its generated code.</param>
    /// <param name="plan">Its memory plan.</param>
    /// <param name="batchSize">The largest number of images in a batch.</param>
    /// <param name="threads">Number of threads, including the caller's.</param>
    /// <exception cref="ArgumentOutOfRangeException">The memory for such a batch does not fit in an array.</exception>
    public Engine(NetworkModel model, NetworkCode code, NetworkMemory plan, int batchSize, int threads)
    {
        WorkMemory.CheckBatchSize(plan, model.Description.Name, batchSize, threads);
        int blocks = (int)(((long)batchSize + LaneLayout.Lanes - 1) / LaneLayout.Lanes);
        _model = model;
        _memory = new WorkMemory(plan, model.ParameterMemory, blocks, threads);
        _input = new BatchInput(model.Description, code, batchSize);
        _loss = new BatchLoss(model, code, _input, blocks);
        _layers = new Layers(model, batchSize);
        _strengths = new SiteStrengths(model);
        _runner = new PhaseRunner(threads);
        var state = new NetworkState(_layers.Linear, model.Stages, _layers.Norms, _memory, plan.BlockFloats);
        var machinery = new Machinery(code, state, _memory, _runner, _input, _loss);
        _weights = new WeightPhases(_layers, _runner);
        _evaluation = new EvaluationPhases(machinery);
        _training = new TrainingPhases(machinery, _layers);
        _collection = new ScaleCollection(_layers, _strengths, _training);
        _update = new UpdatePhases(model, _layers, _runner);
    }

    /// <summary>Ends the threads and releases the memory.</summary>
    public void Dispose()
    {
        _runner.Dispose();
        _memory.Release();
    }

    /// <summary>Times the pieces of the phases, on the caller's thread; null to share them out among the threads.</summary>
    public PhaseTrace? Trace
    {
        set => _runner.Trace = value;
    }

    /// <summary>Whether a thread belongs to the engine.</summary>
    public bool IsMember(Thread thread) => _runner.IsMember(thread);

    /// <summary>Rejects a number of images that no batch can have.</summary>
    public void CheckCount(int count, string name) => _input.CheckCount(count, name);

    /// <summary>Attaches an optimizer to this network.</summary>
    /// <exception cref="ArgumentException">It is attached to another network.</exception>
    public void Attach(Optimizer optimizer) => _update.Attach(optimizer);

    /// <summary>Prepares the weights and noise of an evaluation of any number of batches.</summary>
    /// <param name="draw">Number of the noise realisation.</param>
    public NoisePass BeginEvaluation(uint draw)
    {
        _layers.UseScales();
        _strengths.UseEvaluation();
        return BeginEvaluation(new NoisePass(new NoiseKey(_model.Seed, draw, Evaluation: true), _strengths.Values, 0)
        {
            DriftTime = _model.DriftTime,
            Chip = _model.Chips.Evaluation,
        });
    }

    /// <summary>What the chip holds of a layer's weights, and the factors of its outputs; null for ideal weights.</summary>
    /// <param name="layer">Number of the stage among those with a linear operation.</param>
    public (float[] Weights, float[] Gains)? ChipWeights(int layer)
    {
        BeginEvaluation(draw: 0);
        return _layers.Linear[layer].Trained.OfChip;
    }

    /// <summary>Prepares the weights of a noise-free evaluation that measures the range of values at each site.</summary>
    public NoisePass BeginCalibration(Calibration calibration)
    {
        _layers.UseScales();
        _strengths.UseNone();
        return BeginEvaluation(
            new NoisePass(new NoiseKey(_model.Seed, 0, Evaluation: true), _strengths.Values, 0) { Calibration = calibration });
    }

    /// <summary>Evaluates a source's current batch.</summary>
    /// <param name="batch">The source.</param>
    /// <param name="noise">The noise that <see cref="BeginEvaluation(uint)"/> returned.</param>
    public BatchTotals Evaluate(BatchSource batch, in NoisePass noise)
    {
        int count = _input.CountOf(batch);
        var pass = new Pass { Batch = batch, Count = count, Noise = noise with { FirstImage = batch.First } };
        _evaluation.Run(pass);
        return _loss.Totals(count);
    }

    /// <summary>Copies the logits of the batch that was evaluated last, image × class.</summary>
    public void CopyLogits(int count, Span<float> logits) => _loss.CopyLogits(count, logits);

    /// <summary>Copies the logits of the batch that was evaluated last, block × class × 32.</summary>
    public void CopyLogitLanes(int count, Arena logits) =>
        _loss.CopyLogitLanes((count + LaneLayout.Lanes - 1) / LaneLayout.Lanes, logits);

    /// <summary>Computes the gradients of a source's current batch, with the training noise of the next step.</summary>
    public StepResult ComputeGradients(BatchSource batch) => ComputeGradients(BeginTraining(batch, null));

    /// <summary>Takes a training step on a source's current batch. A step whose loss is not a finite number changes nothing.</summary>
    /// <param name="batch">The source.</param>
    /// <param name="optimizer">Updates the parameters.</param>
    /// <param name="teacher">The teacher's part of the loss; null without a teacher.</param>
    public StepResult TakeStep(BatchSource batch, Optimizer optimizer, DistillationLoss? teacher = null)
    {
        _update.Attach(optimizer);
        Pass pass = BeginTraining(batch, teacher);
        StepResult result = ComputeGradients(pass);
        if (!float.IsFinite(result.Loss)) return result;
        foreach (BatchNormLayer norm in _layers.Norms) norm.UpdateRunning();
        _update.Run(pass, optimizer);
        foreach (LearnedScale scale in _layers.Scales) scale.EndStep();
        _model.Step++;
        return result;
    }

    /// <summary>Runs the forward pass of the next training step, with its noise, and finds where values stop being finite.</summary>
    /// <returns>Index of the first such stage, or −1 for the input with its noise; null if the outputs of all stages are finite.</returns>
    public int? FirstStageNotFinite(BatchSource batch)
    {
        Pass pass = BeginTraining(batch, null);
        if (_layers.AreCollecting) _collection.Observe(pass);
        var watch = new StageWatch();
        _training.Watch(pass, watch);
        return watch.First;
    }

    private NoisePass BeginEvaluation(in NoisePass noise)
    {
        foreach (BatchNormLayer norm in _layers.Norms) norm.UseRunning();
        var pass = new Pass { Noise = noise };
        _weights.Prepare(pass);
        _evaluation.Pack(pass);
        return noise;
    }

    private Pass BeginTraining(BatchSource batch, DistillationLoss? teacher)
    {
        int count = _input.CountOf(batch);
        _input.LoadWeights(batch, count);
        _layers.UseScales();
        _strengths.UseTraining();
        var noise = new NoisePass(new NoiseKey(_model.Seed, _model.Step, Evaluation: false), _strengths.Values, 0, _model.Noise.PerImage)
        {
            Chip = _model.Chips.Training(_model.Step),
        };
        var pass = new Pass { Batch = batch, Count = count, Noise = noise, Teacher = teacher };
        _weights.Prepare(pass);
        return pass;
    }

    private StepResult ComputeGradients(in Pass pass)
    {
        if (_layers.AreCollecting)
        {
            _collection.Observe(pass);
            _collection.Backward(pass);
        }
        else
        {
            _training.ForwardAndBackward(pass);
        }

        _weights.EndGradients(pass);
        foreach (LearnedScale scale in _layers.Scales) scale.StoreGradient();
        BatchTotals totals = _loss.Totals(pass.Count);
        return new StepResult((float)(totals.Loss / totals.Count), totals.Correct, totals.Count) { HasTargets = pass.Batch.Targets > 0 };
    }
}
