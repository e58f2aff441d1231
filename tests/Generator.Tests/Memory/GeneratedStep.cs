using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NoiseGen.Generator.Model;
using NoiseGen.Generator.Emission;
using NoiseGen.Generator.Planning;

namespace NoiseGen.Generator.Tests.Memory;

/// <summary>
/// A training step according to the generated text, statement by statement, in the order in which the runtime calls it. Only the text is
/// read: it is printed from the plan with every buffer in a place of its own, so that an offset identifies its buffer.
/// </summary>
internal sealed class GeneratedStep
{
    private readonly NetworkPlan _plan;
    private readonly Dictionary<(string Class, string Method), MethodDeclarationSyntax> _methods;
    private readonly Dictionary<string, int> _places;
    private readonly List<MemoryUse> _uses = [];

    private GeneratedStep(NetworkPlan plan, SourceFile[] files)
    {
        _plan = plan;
        _methods = files.Where(HasSteps).SelectMany(Nodes<MethodDeclarationSyntax>)
            .ToDictionary(method => (((ClassDeclarationSyntax)method.Parent!).Identifier.Text, method.Identifier.Text));
        _places = files.Where(HasPlaces).SelectMany(Nodes<VariableDeclaratorSyntax>)
            .ToDictionary(place => place.Identifier.Text, place => (int)((LiteralExpressionSyntax)place.Initializer!.Value).Token.Value!);
    }

    private static IEnumerable<T> Nodes<T>(SourceFile file) =>
        CSharpSyntaxTree.ParseText(file.Text).GetRoot().DescendantNodes().OfType<T>();

    /// <summary>The uses of memory in a step. The plan's buffers are placed anew.</summary>
    public static IReadOnlyList<MemoryUse> Of(NetworkPlan plan)
    {
        Separate(plan.Memory.Slots);
        var step = new GeneratedStep(plan, [.. NetworkEmitter.Emit(plan)]);
        step.Run();
        return step._uses;
    }

    // The order of the stages, and the stages; kernels get their places as arguments.
    private static bool HasSteps(SourceFile file) =>
        file.HintName.EndsWith(".Code.g.cs", StringComparison.Ordinal) || file.HintName.Contains(".Stage.", StringComparison.Ordinal)
        || file.HintName.Contains(".Block.", StringComparison.Ordinal);

    private static bool HasPlaces(SourceFile file) => file.HintName.EndsWith(".Places.g.cs", StringComparison.Ordinal);

    // A reference may also point to a buffer's end, where nothing is read: the biases' gradients of a layer without biases, for example. So
    // there is a gap.
    private static void Separate(IEnumerable<Slot> slots)
    {
        long end = 0;
        foreach (Slot slot in slots)
        {
            slot.Place(end);
            end += slot.Floats + 1;
        }

        Assert.InRange(end, 0, MemoryLimit.Floats); // beyond it, places are of no use
    }

    private void Run()
    {
        int loss = _plan.Schedule.LossSegment;
        Add("the runtime fills in the input", 0, false, Code("Input"));
        for (int segment = 0; segment <= loss; segment++) Calls("Forward", segment, segment);
        Add("the runtime computes the loss", loss, false, Code("Logits"), Code("LogitGradients"));
        for (int segment = loss; segment <= _plan.Schedule.LastSegment; segment++)
        {
            Calls("Backward", segment, segment - loss);
            foreach (StatementSyntax merge in In("MergeGradients", segment - loss).Concat(In("MergeGradientPhase", segment - loss)))
                Add(merge.ToString(), segment, true, merge);
        }
    }

    private MethodDeclarationSyntax Code(string method) => _methods[("Code", method)];

    private void Add(string statement, int segment, bool isShared, params SyntaxNode[] nodes) =>
        _uses.Add(new(
            statement, segment, isShared, nodes.SelectMany(node => new References(_plan, _places).In(node)).ToHashSet(),
            new HashSet<Slot>()));

    // What a method of `Code` does in a segment: one arm of its switch, or all that has no other segment as its condition.
    private IEnumerable<StatementSyntax> In(string method, int segment)
    {
        if (!_methods.TryGetValue(("Code", method), out MethodDeclarationSyntax? found)) return [];
        SyntaxList<StatementSyntax> all = found.Body!.Statements;
        string number = segment.ToString(CultureInfo.InvariantCulture);
        if (all.OfType<SwitchStatementSyntax>().SingleOrDefault() is not { } choice)
            return all.SelectMany(statement => InSegment(statement, number));
        SwitchSectionSyntax? arm = choice.Sections.SingleOrDefault(
            section => section.Labels.OfType<CaseSwitchLabelSyntax>().Any(label => label.Value.ToString() == number));
        return arm is null ? [] : arm.Statements.Where(statement => statement is not BreakStatementSyntax);
    }

    private static IEnumerable<StatementSyntax> InSegment(StatementSyntax statement, string segment)
    {
        const string Condition = "segment == ";
        if (statement is not IfStatementSyntax choice || !choice.Condition.ToString().StartsWith(Condition, StringComparison.Ordinal))
            return [statement];
        if (choice.Condition.ToString() != Condition + segment) return [];
        return choice.Statement is BlockSyntax block ? block.Statements : [choice.Statement];
    }

    private void Calls(string pass, int segment, int arm)
    {
        foreach (StatementSyntax statement in In(pass, arm))
        {
            ExpressionSyntax expression = ((ExpressionStatementSyntax)statement).Expression;
            if (expression is ConditionalAccessExpressionSyntax) continue; // nobody watches a training step
            var call = (InvocationExpressionSyntax)expression;
            (string type, string method) = call.Expression is MemberAccessExpressionSyntax member
                ? (member.Expression.ToString(), member.Name.ToString())
                : ("Code", call.Expression.ToString());
            Method($"{type}.{method}", segment, _methods[(type, method)], renews: pass == "Backward" && method == "Forward");
        }
    }

    // A stage's Forward within the backward pass recomputes its output.
    private void Method(string name, int segment, MethodDeclarationSyntax method, bool renews)
    {
        var references = new References(_plan, _places);
        foreach (StatementSyntax statement in method.Body!.Statements)
        {
            IReadOnlySet<Slot> slots = references.In(statement).ToHashSet();
            if (References.IsAddress(statement)) continue;
            _uses.Add(new($"{name}: {statement}", segment, false, slots, renews ? references.Of("output") : new HashSet<Slot>()));
        }
    }

    // The buffers that expressions refer to: by their places, or by references to them.
    private sealed class References(NetworkPlan plan, IReadOnlyDictionary<string, int> places)
    {
        private readonly Dictionary<string, IReadOnlySet<Slot>> _locals = [];

        // It computes where a buffer is, without reading or writing it.
        public static bool IsAddress(StatementSyntax statement) =>
            statement is LocalDeclarationStatementSyntax { Declaration.Variables: [{ Initializer.Value: RefExpressionSyntax }] };

        public IReadOnlySet<Slot> Of(string local) => _locals[local];

        public IEnumerable<Slot> In(SyntaxNode node)
        {
            var found = new HashSet<Slot>();
            foreach (SyntaxNode part in node.DescendantNodesAndSelf())
            {
                if (part is VariableDeclaratorSyntax { Initializer.Value: { } value } local)
                    _locals[local.Identifier.Text] = In(value).ToHashSet();
                else if (part is IdentifierNameSyntax name && _locals.TryGetValue(name.Identifier.Text, out IReadOnlySet<Slot>? slots))
                    found.UnionWith(slots);
                else if (part is InvocationExpressionSyntax call && At(call) is { } slot)
                    found.Add(slot);
            }

            return found;
        }

        // Unsafe.Add(ref memory.Block, Places.Conv1_Output + row * 32)
        private Slot? At(InvocationExpressionSyntax call)
        {
            if (call.ArgumentList.Arguments is not [{ Expression: MemberAccessExpressionSyntax memory }, { } offset]) return null;
            if (memory.Expression.ToString() != "memory" || !Enum.TryParse(memory.Name.ToString(), out Area area)) return null;
            long place = places[offset.DescendantNodes().OfType<MemberAccessExpressionSyntax>().Single().Name.Identifier.Text];
            return plan.Memory.Slots.Single(slot => slot.Area == area && slot.Offset <= place && place <= slot.Offset + slot.Floats);
        }
    }
}
