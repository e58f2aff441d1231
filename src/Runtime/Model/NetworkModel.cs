using NoiseGen.CompilerServices;

namespace NoiseGen;

/// <summary>A network's declaration, and its values and settings at run time: what passes use and files store.</summary>
internal sealed class NetworkModel
{
    /// <param name="description">The declaration.</param>
    /// <param name="parameterFloats">Room for all parameters.</param>
    /// <param name="statisticsFloats">Room for all running statistics.</param>
    /// <param name="seed">Seeds the parameters and all noise.</param>
    public NetworkModel(NetworkDescription description, int parameterFloats, int statisticsFloats, ulong seed)
    {
        (Description, Seed) = (description, seed);
        (ParameterMemory, GradientMemory, StatisticsMemory) = (
            new Arena(parameterFloats), new Arena(parameterFloats), new Arena(statisticsFloats));
        ActivationQuantizer?[] quantizers =
            [.. description.Stages.Select(
                stage => stage.ActivationQuantizer is { } quantizer ? new ActivationQuantizer(quantizer, stage.Name) : null)];
        Noise = new NoiseSites(description, quantizers);
        Parameters = [.. description.Parameters.Select(parameter => new Parameter(parameter, ParameterMemory, GradientMemory))];
        Statistics = [.. description.Statistics.Select(statistic => new Statistic(statistic, StatisticsMemory))];
        Stages = MakeStages(quantizers);
        Groups = new StageGroups(description.Name, Stages);
        ParameterInitializer.KaimingUniform(description, ParameterMemory, seed);
        ParameterInitializer.Norms(description, ParameterMemory, StatisticsMemory);
    }

    public NetworkDescription Description { get; }

    public ulong Seed { get; }

    public Arena ParameterMemory { get; }

    public Arena GradientMemory { get; }

    public Arena StatisticsMemory { get; }

    public Parameter[] Parameters { get; }

    public Statistic[] Statistics { get; }

    public Stage[] Stages { get; }

    public StageGroups Groups { get; }

    public NoiseSites Noise { get; }

    /// <summary>The chip that holds the weights of stages with a device.</summary>
    public ChipSettings Chips { get; } = new();

    /// <summary>Training steps taken.</summary>
    public uint Step { get; set; }

    /// <summary>Label smoothing of training's loss, at least 0 and below 1.</summary>
    public float LabelSmoothing { get; set; }

    /// <summary>The largest magnitude that training leaves a weight; null for no limit.</summary>
    public float? WeightLimit { get; set; }

    /// <summary>The age of the weights in evaluation, t / t₀, at least 1.</summary>
    public float DriftTime { get; set; } = 1f;

    /// <summary>The name of the first parameter or running statistic with a value that is not finite; null if there is none.</summary>
    public string? FirstTensorNotFinite() =>
        FiniteLanes.All(ParameterMemory.Span(0, ParameterMemory.Length))
            && FiniteLanes.All(StatisticsMemory.Span(0, StatisticsMemory.Length))
            ? null
            : Description.Parameters.Concat(Description.Statistics).Select(tensor => tensor.Name).First(IsNotFinite);

    /// <summary>Whether a parameter or running statistic has a value that is not a finite number.</summary>
    public bool IsNotFinite(string tensor)
    {
        ReadOnlySpan<float> values = Array.Find(Parameters, parameter => parameter.Name == tensor) is { } found
            ? found.Values
            : Statistics.First(statistic => statistic.Name == tensor).Values;
        return FiniteLanes.First(values, 1, 1) is not null;
    }

    private Stage[] MakeStages(ActivationQuantizer?[] quantizers)
    {
        Dictionary<ParameterDescription, Parameter> parameters = Parameters.ToDictionary(parameter => parameter.Description);
        Dictionary<ParameterDescription, Statistic> statistics = Statistics.ToDictionary(statistic => statistic.Description);
        ILookup<int, NoiseSite> sites = Noise.ToLookup(site => site.Description.Stage);
        return [.. Description.Stages.Select((stage, index) =>
            new Stage(stage, parameters, statistics, quantizers[index], new StageNoise(stage.Name, sites[index])))];
    }
}
