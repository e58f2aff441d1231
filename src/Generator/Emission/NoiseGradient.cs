using NoiseGen.Generator.Graph;
using NoiseGen.Generator.Planning;

namespace NoiseGen.Generator.Emission;

/// <summary>Prints what a part of a stage's backward pass does about noise that scaled the values: the same samples again, as factors of the gradient.</summary>
/// <param name="plan">The network.</param>
/// <param name="sites">The part's sites that scale.</param>
internal sealed class NoiseGradient(NetworkPlan plan, IReadOnlyList<StageSite> sites)
{
    /// <summary>What the part's method gets, such as <c>, in NoisePass pass, int image</c>.</summary>
    public string Parameter => IsEmpty ? "" : ", in NoisePass pass, int image";

    /// <summary>What is passed to it.</summary>
    public string Argument => IsEmpty ? "" : ", pass, image";

    /// <summary>Of the stage's end, back to the norm's output.</summary>
    public static NoiseGradient OfRest(NetworkPlan plan, StagePlan stage) => Of(plan, stage, site => site.Name != StageSite.Linear);

    /// <summary>Of the method that is called Backward: all of the stage's, or what is left in front of a norm.</summary>
    public static NoiseGradient OfBackward(NetworkPlan plan, StagePlan stage) => Of(plan, stage, site => stage.Norm is null || site.Name == StageSite.Linear);

    /// <summary>Whether values of single rows are scaled.</summary>
    public static bool ConcernsRows(NetworkPlan plan, StagePlan stage) => Of(plan, stage, site => site.Name != StageSite.Pool) is { IsEmpty: false };

    private bool IsEmpty => sites.Count == 0;

    private static NoiseGradient Of(NetworkPlan plan, StagePlan stage, Func<StageSite, bool> isWanted) => new(
        plan, [.. StageSite.Of(stage.Node).Where(site => site.Index >= 0 && plan.Graph.NoiseSites[site.Index].Kind.Struct.Scales && isWanted(site))]);

    /// <summary>The variables that draw the samples.</summary>
    public void Declare(SourceWriter writer)
    {
        foreach (StageSite site in sites) writer.Write($"var {site.Name} = new NoiseLanes(pass, {site.Index}, image, {StageEmitter.Workspace(plan, site.Place)});");
    }

    /// <summary>Behind the pool: the whole output.</summary>
    public void ScaleOutput(SourceWriter writer, StagePlan stage)
    {
        if (!sites.Any(site => site.Name == StageSite.Pool)) return;
        writer.Write($"for (int y = 0; y < {stage.Node.Output.Height}; y++)");
        Scale(writer, StageSite.Pool, StageEmitter.At("outputGradient", "y", stage.OutputRowElements * LaneLayout.Lanes), "y", stage.OutputRowElements, "    ");
    }

    /// <summary>Behind a quantizer whose scale is learned: one row of the merged map.</summary>
    public void ScaleQuantized(SourceWriter writer, string target, string row, int elements)
    {
        if (IsBehindLearned) Scale(writer, StageSite.Activation, target, row, elements, "");
    }

    private bool IsBehindLearned => sites.FirstOrDefault(site => site.Name == StageSite.Activation) is { } found && plan.Graph.NoiseSites[found.Index] is { Kind.BeforeQuantizer: false, Stage: var stage }
        && plan.Stages[stage].LearnedScale is not null;

    /// <summary>Behind the activation and the sum: one row of the merged map.</summary>
    public void ScaleMerged(SourceWriter writer, string target, string row, int elements)
    {
        if (!IsBehindLearned) Scale(writer, StageSite.Activation, target, row, elements, "");
        Scale(writer, StageSite.Sum, target, row, elements, "");
    }

    /// <summary>Behind the norm or, without one, behind the linear operation: one row.</summary>
    public void ScaleOwn(SourceWriter writer, string target, string row, int elements)
    {
        Scale(writer, StageSite.Norm, target, row, elements, "");
        Scale(writer, StageSite.Linear, target, row, elements, "");
    }

    private void Scale(SourceWriter writer, string name, string target, string row, int elements, string indentation)
    {
        if (sites.FirstOrDefault(site => site.Name == name) is not { } found) return;
        string group = row == "0" ? "0" : $"{row} * {(elements + 3) / 4}";
        writer.Write($"{indentation}NoiseRow.Gradient<{plan.Graph.NoiseSites[found.Index].Kind.Struct.Code}>({target}, {elements}, {group}, {name});");
    }
}
