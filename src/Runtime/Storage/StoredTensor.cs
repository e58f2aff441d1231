using System.Globalization;
using NoiseGen.CompilerServices;

namespace NoiseGen.Storage;

/// <summary>A part of a network's state that files have: how it is written, checked and taken over.</summary>
/// <param name="path">Its path in the network.</param>
/// <param name="shape">Its dimensions; none for a single number.</param>
internal abstract class StoredTensor(string path, long[] shape)
{
    /// <summary>What the norms of PyTorch count, at the end of a name.</summary>
    public const string Counter = ".num_batches_tracked";

    /// <summary>What the names of an optimizer's state begin with.</summary>
    public const string OptimizerPrefix = "__optimizer__.";

    public string Name { get; } = NameOf(path);

    public long[] Shape => shape;

    public string ShapeText => $"[{string.Join(", ", shape)}]";

    /// <summary>Whether a file without it is as good.</summary>
    public virtual bool MayBeMissing => false;

    /// <summary>The tensor without which it means nothing; null for most.</summary>
    public virtual string? Other => null;

    /// <summary>Whether there is something to write.</summary>
    public virtual bool IsKnown => true;

    public abstract ReadOnlySpan<float> Values { get; }

    /// <exception cref="CheckpointException">It cannot have these values.</exception>
    public virtual void Check(float[] loaded, string file, LoadOptions options)
    {
    }

    public abstract void Restore(float[] loaded);

    /// <summary>What a file means that does not have it.</summary>
    public virtual void Forget()
    {
    }

    /// <summary>
    /// A tensor's name in files, with indexes as PyTorch's module lists write them: that of Layer2[1].Conv1.weight is
    /// Layer2.1.Conv1.weight.
    /// </summary>
    /// <param name="path">Its path.</param>
    public static string NameOf(string path) => path.Replace('[', '.').Replace("]", "", StringComparison.Ordinal);

    /// <summary>All of a network, and of an optimizer where training is to go on.</summary>
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

        // By PyTorch's index, row by row.
        private string PlaceOf(int index)
        {
            var places = new int[description.Dimensions.Length];
            for (int i = places.Length - 1; i >= 0; i--) (index, places[i]) = Math.DivRem(index, description.Dimensions[i]);
            return string.Join(", ", places);
        }

        public override void Restore(float[] loaded) => loaded.CopyTo(memory.Span(description.Offset, description.Count));
    }

    // The parameter and the steps that it was collected in. A file of a network without them is the start of one that collects them;
    // where they are and no scale
    // beside them, it is learned.
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

    // Its values are not checked: an infinite second moment is what a run can have and go on with, and it has to do so with the same bits.
    private sealed class Whole(string name, Arena memory) : StoredTensor(name, [memory.Length])
    {
        public override ReadOnlySpan<float> Values => memory.Span(0, memory.Length);

        public override void Restore(float[] loaded) => loaded.CopyTo(memory.Span(0, memory.Length));
    }

    // Known once the network was calibrated. A file of one that was not, or of another tool, makes it one that was not.
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
