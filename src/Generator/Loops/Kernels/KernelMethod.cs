namespace NoiseGen.Generator.Loops.Kernels;

/// <summary>A method of a kernel as data: what it is given, and what it does in which order.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Remark">What the generated code says above it; null for nothing.</param>
/// <param name="Compilation">How it is compiled.</param>
/// <param name="Parameters">What it is given.</param>
/// <param name="Steps">What it does.</param>
internal sealed record KernelMethod(
    string Name, string? Remark, MethodCompilation Compilation, IReadOnlyList<KernelParameter> Parameters, IReadOnlyList<KernelStep> Steps)
{
    public const string WinogradRows = "WinogradRows", WeightGradient = "WeightGradient", SumWeightGradient = "SumWeightGradient",
        InputGradient = "InputGradient", AddInputGradient = "AddInputGradient", GradientPhases = "GradientPhases";

    /// <summary>Whether other classes call it.</summary>
    public bool IsPublic { get; init; } = true;

    /// <summary>All steps in order, those within loops as well.</summary>
    public IEnumerable<KernelStep> AllSteps => Steps.SelectMany(step => step.WithInner);
}

/// <summary>How the JIT compiles a method.</summary>
internal enum MethodCompilation
{
    /// <summary>As it does usually: quickly at first, and once more when the method is called often.</summary>
    Tiered,

    /// <summary>With all optimizations before the first call.</summary>
    Optimized,

    /// <summary>The same, and never as a part of its caller.</summary>
    OptimizedApart,
}

/// <summary>A parameter of a kernel's method.</summary>
/// <param name="Type">Its type, with <c>ref</c> where it is a reference.</param>
/// <param name="Name">Its name.</param>
internal sealed record KernelParameter(string Type, string Name)
{
    public static readonly KernelParameter
        Layer = new("LinearLayer", "layer"), Part = new("int", "part"), Parts = new("int", "parts"), Blocks = new("int", "blocks"),
        BlockStride = new("nint", "blockStride"), Phase = new("int", "phase"), Row = new("nint", "row"), Rows = new("nint", "rows"),
        Column = new("nint", "column"), Start = new("int", "start"), End = new("int", "end"), Outputs = new("int", "outputs"),
        First = new("int", "first"), Squares = new("int", "squares");

    /// <summary>A reference to the first float of a buffer.</summary>
    public static KernelParameter Floats(string name) => new("ref float", name);
}
