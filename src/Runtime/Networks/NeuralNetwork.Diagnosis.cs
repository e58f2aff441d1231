using NoiseGen.CompilerServices;

namespace NoiseGen;

// What is asked once a loss is no number any more, and may take its time.
public abstract partial class NeuralNetwork
{
    /// <summary>Repeats the forward pass of the next training step, with its noise, and looks where values stop being finite numbers.</summary>
    /// <param name="batch">A source whose current batch has made the loss infinite or NaN.</param>
    /// <returns>Index of the first such stage, −1 for the input with its noise; null where all stages' outputs are finite.</returns>
    internal int? FirstStageNotFinite(BatchSource batch)
    {
        using Exclusive use = Enter();
        BeginTraining(batch);
        if (IsCollecting) CollectScales();
        var watch = new StageWatch();
        void Watch(int block, int thread) => WatchSegment(block, thread, watch);
        ForwardSegments(Watch);
        RunBlocks(Watch, _code.ForwardSegments - 1);
        return watch.First;
    }

    /// <summary>The name of the first parameter or running statistic with a value that is not a finite number; null where there is none.</summary>
    internal string? FirstTensorNotFinite() => FiniteLanes.All(_parameters.Span(0, _parameters.Length)) && FiniteLanes.All(_statistics.Span(0, _statistics.Length))
        ? null
        : Description.Parameters.Concat(Description.Statistics).Select(tensor => tensor.Name).First(IsNotFinite);

    /// <summary>Whether a parameter or running statistic has a value that is not a finite number.</summary>
    internal bool IsNotFinite(string tensor)
    {
        ReadOnlySpan<float> values = Parameters.FirstOrDefault(parameter => parameter.Name == tensor) is { } found
            ? found.Values
            : Statistics.First(statistic => statistic.Name == tensor).Values;
        return FiniteLanes.First(values, 1, 1) is not null;
    }

    private void WatchSegment(int block, int thread, StageWatch watch)
    {
        BlockMemory memory = MemoryOf(block, thread);
        if (_segment == 0) Load(block, memory);
        _code.Watch(_segment, _state, memory, _pass, block * Lanes, watch);
    }
}
