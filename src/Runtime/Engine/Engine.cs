using NoiseGen.CompilerServices;

namespace NoiseGen;

/// <summary>
/// Computes a network's evaluations and training steps. It serves one call at a time, and checks of a source what its batches alone show.
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
    /// <param name="batchSize">The most images of a batch.</param>
    /// <param name="threads">Threads, the caller's included.</param>
    /// <exception cref="ArgumentOutOfRangeException">No array holds the memory of such a batch.</exception>
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

    /// <summary>Ends the threads and gives the memory up.</summary>
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

    /// <summary>Whether a thread is one of the engine's own.</summary>
    public bool IsMember(Thread thread) => _runner.IsMember(thread);

    /// <summary>Refuses a number of images that no batch has.</summary>
    public void CheckCount(int count, string name) => _input.CheckCount(count, name);

    /// <summary>Makes an optimizer serve this network.</summary>
    /// <exception cref="ArgumentException">It serves another one.</exception>
    public void Attach(Optimizer optimizer) => _update.Attach(optimizer);

    /// <summary>Prepares the weights and noise of an evaluation, which any number of batches follow.</summary>
    /// <param name="draw">Number of the noise realisation.</param>
    public NoisePass BeginEvaluation(uint draw)
    {
        _layers.UseScales();
        _strengths.UseEvaluation();
        return BeginEvaluation(new NoisePass(new NoiseKey(_model.Seed, draw, Evaluation: true), _strengths.Values, 0)
        {
            DriftTime = _model.DriftTime,
        });
    }

    /// <summary>Prepares the weights of an evaluation without noise that finds the ranges of the sites' values.</summary>
    public NoisePass BeginCalibration(Calibration calibration)
    {
        _layers.UseScales();
        _strengths.UseNone();
        return BeginEvaluation(
            new NoisePass(new NoiseKey(_model.Seed, 0, Evaluation: true), _strengths.Values, 0) { Calibration = calibration });
    }

    /// <summary>Evaluates a source's current batch.</summary>
    /// <param name="batch">The source.</param>
    /// <param name="noise">What the evaluation was begun with.</param>
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
    /// <param name="optimizer">Changes the parameters.</param>
    /// <param name="teacher">A teacher's part in the loss; null without one.</param>
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

    /// <summary>
    /// Repeats the forward pass of the next training step, with its noise,
    /// and looks where values stop being finite numbers.
    /// </summary>
    /// <returns>Index of the first such stage, −1 for the input with its noise; null where all stages' outputs are finite.</returns>
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
        var noise = new NoisePass(new NoiseKey(_model.Seed, _model.Step, Evaluation: false), _strengths.Values, 0, _model.Noise.PerImage);
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
