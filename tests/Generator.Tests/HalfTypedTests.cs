using Microsoft.CodeAnalysis;
using NoiseGen.Generator.Tests.Diagnostics;

namespace NoiseGen.Generator.Tests;

/// <summary>Neither generator nor analyzer crashes on code that is being typed. <see cref="GeneratorDriverRun"/> and <see cref="AnalyzerRun"/> fail where one does.</summary>
public sealed class HalfTypedTests
{
    // A step of 7 characters stops inside every construct of this text, and is prime to its line lengths.
    private const int Step = 7;

    [Fact]
    public void TypedCharacterByCharacter()
    {
        GeneratorDriverRun run = GeneratorDriverRun.Of("");
        for (int length = 0; length < Networks.LeNet5.Length; length += Step)
        {
            run = run.Then(TestCompilation.Of(Networks.LeNet5[..length]));
            AnalyzerRun.On(run.Output);
        }

        Assert.Single(run.Then(TestCompilation.Of(Networks.LeNet5)).Graphs);
    }

    [Fact]
    public void EveryWordMissingOnce()
    {
        foreach ((string word, int start) in Words(Networks.LeNet5))
            AnalyzerRun.On(GeneratorDriverRun.Of(Networks.LeNet5.Remove(start, word.Length)).Output);
    }

    [Theory]
    [InlineData("[Network] partial class Net { [Dense(2)] public partial Stage A { get; } }")]
    [InlineData("[Network()] partial class Net { [Dense(2)] public partial Stage A { get; } }")]
    [InlineData("[Network(1, 2)] partial class Net { [Dense(2)] public partial Stage A { get; } }")]
    [InlineData("[Network(Missing)] partial class Net { [Dense(2)] public partial Stage A { get; } }")]
    [InlineData("[Network(\"4\")] partial class Net { [Dense(2)] public partial Stage A { get; } }")]
    [InlineData("[Network(4)] partial class { [Dense(2)] public partial Stage A { get; } }")]
    [InlineData("[Network(4)] partial class Net : Missing { [Dense(2)] public partial Stage A { get; } }")]
    [InlineData("[Network(4)] partial struct Net { [Dense(2)] public partial Stage A { get; } }")]
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
    [InlineData("[Network(4)] partial class Net { [Dense(2), Quantize(Bits = )] public partial Stage A { get; } }")]
    [InlineData("[Network(4)] partial class Net { [Dense(2), Quantize(Scale = Net.Field)] public partial Stage A { get; } static float Field; }")]
    public void WhatTheCompilerReportsIsNotReportedTwice(string source)
    {
        GeneratorDriverRun run = GeneratorDriverRun.Of(source);

        Assert.Contains(run.Input.GetDiagnostics(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.Empty(run.Graphs);
        Assert.Empty(AnalyzerRun.On(run.Output));
    }

    private static IEnumerable<(string Word, int Start)> Words(string text)
    {
        int start = 0;
        foreach (string word in text.Split(' ', '\n', '(', ')'))
        {
            if (word.Length > 0) yield return (word, start);
            start += word.Length + 1;
        }
    }
}
