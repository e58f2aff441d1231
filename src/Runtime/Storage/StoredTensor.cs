using System.Globalization;
using NoiseGen.CompilerServices;

namespace NoiseGen.Storage;

/// <summary>A part of a network's state that files contain: how it is written, checked and loaded.</summary>
/// <param name="path">Its path in the network.</param>
/// <param name="shape">Its dimensions; none for a single number.</param>
internal abstract class StoredTensor(string path, long[] shape)
{
    /// <summary>The suffix of the counters of PyTorch's norms.</summary>
    public const string Counter = ".num_batches_tracked";

    /// <summary>The prefix of the names of an optimizer's state.</summary>
    public const string OptimizerPrefix = "__optimizer__.";

    public string Name { get; } = NameOf(path);

    public long[] Shape => shape;

    public string ShapeText => $"[{string.Join(", ", shape)}]";

    /// <summary>Whether a file may lack it.</summary>
    public virtual bool MayBeMissing => false;

    /// <summary>The tensor without which it has no meaning; null for most.</summary>
    public virtual string? Other => null;

    /// <summary>Whether there is something to write.</summary>
    public virtual bool IsKnown => true;

    public abstract ReadOnlySpan<float> Values { get; }

    /// <exception cref="CheckpointException">The values are not allowed.</exception>
    public virtual void Check(float[] loaded, string file, LoadOptions options)
    {
    }

    public abstract void Restore(float[] loaded);

    /// <summary>Handles a file that does not contain it.</summary>
    public virtual void Forget()
    {
    }

    /// <summary>
    /// A tensor's name in files, with indexes as PyTorch's module lists write them: that of Layer2[1].Conv1.weight is
    /// Layer2.1.Conv1.weight.
    /// </summary>
    /// <param name="path">Its path.</param>
    public static string NameOf(string path) => path.Replace('[', '.').Replace("]", "", StringComparison.Ordinal);

    /// <summary>All stored tensors of a network, and of an optimizer if training is to continue.</summary>
    public static IEnumerable<StoredTensor> Of(NetworkModel network, Optimizer? optimizer)
    {
        HashSet<string?> variances = [.. network.Description.Stages.Select(stage => stage.Norm?.RunningVariance.Name)];
        Dictionary<string, ActivationQuantizer> learned = [];
        foreach (Stage stage in network.Stages)
        {
            if (stage.Description.ActivationQuantizer?.Learned is { } scale)
                learned[scale.Maximum.Name] = learned[scale.Steps.Name] = stage.Quantizer;
        }

        foreach (Parameter parameter in network.Parameters)
            yield return Tensor.Of(parameter.Description, parameter.Memory, float.MinValue, learned.GetValueOrDefault(parameter.Name));
        foreach (Statistic statistic in network.Statistics)
        {
            float least = variances.Contains(statistic.Name) ? 0f : float.MinValue;
            yield return Tensor.Of(statistic.Description, statistic.Memory, least, learned.GetValueOrDefault(statistic.Name));
        }

        foreach (StoredTensor quantizer in network.Stages.SelectMany(StoredQuantizers.Of)) yield return quantizer;
        foreach (NoiseSite site in network.Noise.Where(site => site.Description.Unit == SigmaUnit.Range)) yield return new Range(site);
        foreach ((int index, Arena arena) in (optimizer?.State?.Arenas ?? []).Index())
            yield return new Whole($"{OptimizerPrefix}{index}", arena);
    }

    private class Tensor(ParameterDescription description, Arena memory, float least)
        : StoredTensor(description.Name, [.. description.Dimensions.Select(dimension => (long)dimension)])
    {
        public override ReadOnlySpan<float> Values => memory.Span(description.Offset, description.Count);

        public static Tensor Of(ParameterDescription description, Arena memory, float least, ActivationQuantizer? quantizer) =>
            quantizer is null ? new Tensor(description, memory, least) : new OfLearnedScale(description, memory, quantizer);

        public override void Check(float[] loaded, string file, LoadOptions options)
        {
            int wrong = Array.FindIndex(loaded, value => float.IsFinite(value) ? value < least : !options.AllowNonFinite);
            if (wrong < 0) return;
            string allowed = least == float.MinValue ? "a finite number" : $"a finite number, at least {least},";
            string value = loaded[wrong].ToString(CultureInfo.InvariantCulture);
            throw new CheckpointException(file, $"tensor '{Name}' has the value {value} at [{PlaceOf(wrong)}]; {allowed} is expected");
        }

        // Position as PyTorch's index, in row-major order.
        private string PlaceOf(int index)
        {
            var places = new int[description.Dimensions.Length];
            for (int i = places.Length - 1; i >= 0; i--) (index, places[i]) = Math.DivRem(index, description.Dimensions[i]);
            return string.Join(", ", places);
        }

        public override void Restore(float[] loaded) => loaded.CopyTo(memory.Span(description.Offset, description.Count));
    }

    // The parameter and the number of steps in which it was collected. After loading a file of a network without them, the scale is
    // collected again. If the file has them and no separate scale, the scale is learned.
    private sealed class OfLearnedScale(ParameterDescription description, Arena memory, ActivationQuantizer quantizer)
        : Tensor(description, memory, float.MinValue)
    {
        private readonly bool _isMaximum = description == quantizer.Description.Learned!.Maximum;

        public override bool MayBeMissing => true;

        public override string Other =>
            NameOf((_isMaximum ? quantizer.Description.Learned!.Steps : quantizer.Description.Learned!.Maximum).Name);

        public override void Restore(float[] loaded)
        {
            base.Restore(loaded);
            quantizer.IsLearned = true;
        }

        public override void Forget() => base.Restore([_isMaximum ? 1f : 0f]);
    }

    // Its values are not checked: a run can have an infinite second moment and continue, and must continue with the same bits.
    private sealed class Whole(string name, Arena memory) : StoredTensor(name, [memory.Length])
    {
        public override ReadOnlySpan<float> Values => memory.Span(0, memory.Length);

        public override void Restore(float[] loaded) => loaded.CopyTo(memory.Span(0, memory.Length));
    }

    // Known once the network has been calibrated. Loading a file of a network that was not, or of another tool, makes the range unknown.
    private sealed class Range(NoiseSite site) : StoredTensor($"{site.Name}.range", [])
    {
        public override bool MayBeMissing => true;

        public override bool IsKnown => site.Range is not null;

        public override ReadOnlySpan<float> Values => new float[] { site.Range!.Value };

        public override void Check(float[] loaded, string file, LoadOptions options)
        {
            if (!Setting.IsNotNegative(loaded[0]))
                throw new CheckpointException(file, $"tensor '{Name}' has the value {loaded[0]}; a finite range, at least 0, is expected");
        }

        public override void Restore(float[] loaded) => site.Range = loaded[0];

        public override void Forget() => site.Range = null;
    }
}
