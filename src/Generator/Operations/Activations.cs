namespace NoiseGen.Generator.Operations;

/// <summary>The activation functions.</summary>
internal static class Activations
{
    /// <summary>All activation functions.</summary>
    public static IReadOnlyList<ActivationOperation> All { get; } = [new Relu(), new LeakyRelu(), new Sigmoid(), new Tanh()];

    /// <summary>The list in messages: <c>[Relu], [LeakyRelu], …</c></summary>
    public static string List { get; } = string.Join(", ", All.Select(one => $"[{one.Kind}]"));

    public static ActivationOperation Of(Activation kind) => All.Single(one => one.Kind == kind);

    /// <summary>The activation of an attribute; null for other attributes.</summary>
    public static ActivationOperation? OfAttribute(string name) => All.FirstOrDefault(one => one.Attribute == name);
}

/// <summary>max(x, 0).</summary>
internal sealed record Relu() : ActivationOperation(Activation.Relu, nameof(ReluAttribute), "ReLU")
{
    public override bool HasMask => true;

    public override IReadOnlyList<Func<int, string>> Code(string V, string slope) =>
    [
        i => $"{V}<float> d{i} = {V}.LessThanOrEqual(v{i}, {V}<float>.Zero);",
        i => $"v{i} = {V}.ConditionalSelect(d{i}, {V}<float>.Zero, v{i});",
    ];
}

/// <summary>x above zero, slope·x below.</summary>
internal sealed record LeakyRelu() : ActivationOperation(Activation.LeakyRelu, nameof(LeakyReluAttribute), "leaky ReLU")
{
    public override bool IsSigned => true;

    public override (string Property, float Default)? Slope => (nameof(LeakyReluAttribute.Slope), new LeakyReluAttribute().Slope);

    public override IReadOnlyList<Func<int, string>> Code(string V, string slope) =>
    [
        i => $"{V}<float> d{i} = {V}.LessThanOrEqual(v{i}, {V}<float>.Zero);",
        i => $"{V}<float> s{i} = {V}.ConditionalSelect(d{i}, {V}.Create({slope}), {V}<float>.One);",
        i => $"v{i} *= s{i};",
    ];
}

/// <summary>y = 1 / (1 + e^−x); dy/dx = y·(1 − y).</summary>
internal sealed record Sigmoid() : ActivationOperation(Activation.Sigmoid, nameof(SigmoidAttribute), "sigmoid")
{
    public override IReadOnlyList<Func<int, string>> Code(string V, string slope) =>
    [
        i => $"v{i} = LaneActivation.Sigmoid(v{i});",
        i => $"{V}<float> s{i} = v{i} * ({V}<float>.One - v{i});",
    ];
}

/// <summary>y = tanh x; dy/dx = (1 − y)·(1 + y).</summary>
internal sealed record Tanh() : ActivationOperation(Activation.Tanh, nameof(TanhAttribute), "tanh")
{
    public override bool IsSigned => true;

    public override IReadOnlyList<Func<int, string>> Code(string V, string slope) =>
    [
        i => $"v{i} = LaneActivation.Tanh(v{i});",
        i => $"{V}<float> s{i} = ({V}<float>.One - v{i}) * ({V}<float>.One + v{i});",
    ];
}
