using Microsoft.CodeAnalysis;
using NoiseGen.Generator.Tests.Diagnostics;

namespace NoiseGen.Generator.Tests.Typing;

/// <summary>
/// What the compiler reports is reported once, and yields no code. <see cref="GeneratorDriverRun"/> and <see cref="AnalyzerRun"/> fail if
/// generator or analyzer crashes.
/// </summary>
public sealed class HalfTypedTests
{
    [Theory]
    [InlineData("[Network] partial class Net { [Dense(2)] public partial Stage A { get; } }")]
    [InlineData("[Network()] partial class Net { [Dense(2)] public partial Stage A { get; } }")]
    [InlineData("[Network(1, 2)] partial class Net { [Dense(2)] public partial Stage A { get; } }")]
    [InlineData("[Network(Missing)] partial class Net { [Dense(2)] public partial Stage A { get; } }")]
    [InlineData("[Network(\"4\")] partial class Net { [Dense(2)] public partial Stage A { get; } }")]
    [InlineData("[Network(4)] partial class { [Dense(2)] public partial Stage A { get; } }")]
    [InlineData("[Network(4)] partial class Net : Missing { [Dense(2)] public partial Stage A { get; } }")]
    [InlineData("[Network(4)] partial struct Net { [Dense(2)] public partial Stage A { get; } }")]
    [InlineData("[Network(4)] partial record struct Net { [Dense(2)] public partial Stage A { get; } }")]
    [InlineData("[Network(4)] partial interface INet { [Dense(2)] public partial Stage A { get; } }")]
    [InlineData("partial class Net { public partial Stage A { get; } }")]
    [InlineData("[Network(4), Network(5)] partial class Net { [Dense(2)] public partial Stage A { get; } }")]
    [InlineData("[Network(4)] partial class Net { [Dense(2)] public partial Stage A { get; } } [Network(4)] partial class Net;")]
    [InlineData("[Network(4)] partial class Net { [Dense(2)] public partial Stage A { get; } [Dense(2)] public partial Stage A { get; } }")]
    [InlineData("[Network(4)] partial class Net { [Dense(2)] public partial Missing A { get; } }")]
    [InlineData("[Network(4)] partial class Net { [Dense(2)] public partial Stage { get; } }")]
    [InlineData("[Network(4)] partial class Net { [Dense] public partial Stage A { get; } }")]
    [InlineData("[Network(4)] partial class Net { [Dense(features: )] public partial Stage A { get; } }")]
    [InlineData("[Network(4)] partial class Net { [Dense(2.5)] public partial Stage A { get; } }")]
    [InlineData("[Network(4)] partial class Net { [Dense(2), Missing] public partial Stage A { get; } }")]
    [InlineData("partial class { [Network(4)] partial class Net { [Dense(2)] public partial Stage A { get; } } }")]
    [InlineData("[Network(4)] partial class Net { [Dense(2), Noise<>] public partial Stage A { get; } }")]
    [InlineData("[Network(4)] partial class Net { [Dense(2), Noise<int>] public partial Stage A { get; } }")]
    [InlineData("[Network(4)] partial class Net { [Dense(2), Noise<Missing>] public partial Stage A { get; } }")]
    [InlineData("[Network(4)] partial class Net { [Dense(2), Noise<string[]>] public partial Stage A { get; } }")]
    [InlineData("[Network(4)] partial class Net { [Dense(2), Noise<Additive>(Sites.Missing)] public partial Stage A { get; } }")]
    [InlineData("[Network(4)] partial class Net { [Repeat<Twins>(2)] public partial Stage B { get; } }"
        + " [Block] partial class Twins { [Relu] public partial Stage A { get; } [Relu] public partial Stage A { get; } }")]
    [InlineData("[Network(4)] partial class Net { [Repeat] public partial Stage A { get; } }")]
    [InlineData("[Network(4)] partial class Net { [Repeat<>(2)] public partial Stage A { get; } }")]
    [InlineData("[Block] partial class Half { [Repeat] public partial Stage A { get; } }")]
    [InlineData("[Block] partial class Half { [Repeat<Missing>(2)] public partial Stage A { get; } }")]
    [InlineData("[Network(4)] partial class Net { [Dense(2), Quantize(Bits = )] public partial Stage A { get; } }")]
    [InlineData(
        "[Network(4)] partial class Net { [Dense(2), Quantize(Scale = Net.Field)] public partial Stage A { get; } static float Field; }")]
    public void WhatTheCompilerReportsIsNotReportedTwice(string source)
    {
        GeneratorDriverRun run = GeneratorDriverRun.Of(source);

        Assert.Contains(run.Input.GetDiagnostics(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.Contains(run.Output.GetDiagnostics(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.Empty(run.Graphs);
        Assert.Empty(AnalyzerRun.On(run));
    }
}
