using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NoiseGen.Benchmarks.Tracing;

/// <summary>
/// Puts a time stamp before and behind every call that a network's stages and its schedule make:
/// kernels, elementwise passes, packing. What they call stays as it was generated.
/// </summary>
/// <param name="model">The meaning of the file that is rewritten.</param>
/// <param name="network">Whose stages the calls belong to.</param>
/// <param name="sites">Receives the calls; a call's number is its place.</param>
internal sealed partial class CallRewriter(SemanticModel model, NetworkDescription network, List<CallSite> sites) : CSharpSyntaxRewriter
{
    /// <summary>Where a call's number and its first time stamp go.</summary>
    public const string Declaration =
        "namespace NoiseGen.Tracing { public static class Calls { public static global::System.Action<int, long> Ended; } }";

    private const string ScheduleClass = "Code", StageSuffix = "Stage";

    private readonly string[] _stages = [.. network.Stages.Select(stage => NotWord().Replace(stage.Name, "_") + StageSuffix)];
    private readonly int[] _linear = [.. network.Stages.Index().Where(stage => stage.Item.Linear is not null).Select(stage => stage.Index)];

    public override SyntaxNode? VisitExpressionStatement(ExpressionStatementSyntax node)
    {
        string? caller = node.FirstAncestorOrSelf<ClassDeclarationSyntax>()?.Identifier.Text;
        if (caller is null || !IsPartOfSchedule(caller) || node.Expression is not InvocationExpressionSyntax call) return node;
        if (model.GetSymbolInfo(call).Symbol is not IMethodSymbol method || IsPartOfSchedule(method.ContainingType.Name)) return node;
        int number = sites.Count;
        sites.Add(new CallSite(
            StageOf(caller, node), method, [.. call.ArgumentList.Arguments.Select(argument => argument.Expression.ToString())]));
        return SyntaxFactory.ParseStatement(
            $"{{ long started{number} = global::System.Diagnostics.Stopwatch.GetTimestamp(); {node} "
                + $"global::NoiseGen.Tracing.Calls.Ended({number}, started{number}); }}");
    }

    // Their own calls are timed.
    private bool IsPartOfSchedule(string type) => type == ScheduleClass || _stages.Contains(type);

    private int StageOf(string caller, ExpressionStatementSyntax node)
    {
        int stage = Array.IndexOf(_stages, caller);
        if (stage >= 0) return stage;
        return Layer().Match(node.ToString()) is { Success: true } layer
            ? _linear[int.Parse(layer.Groups[1].Value, CultureInfo.InvariantCulture)] : -1;
    }

    [GeneratedRegex(@"\W+")]
    private static partial Regex NotWord();

    [GeneratedRegex(@"\bstate\.Layer\((\d+)\)")]
    private static partial Regex Layer();
}
