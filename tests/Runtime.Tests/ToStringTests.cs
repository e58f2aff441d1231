using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace NoiseGen.Runtime.Tests;

/// <summary>The text of results: short, the same in any culture, and never an exception.</summary>
public class ToStringTests
{
    // A record has a method that prints its members; no other class has a method of that name.
    private static readonly Type[] s_records = [.. typeof(NeuralNetwork).Assembly.GetExportedTypes().Where(type =>
        !type.IsAbstract
            && type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly) is not null)
        .Select(type => type == typeof(DeviceDescription<>) ? typeof(DeviceDescription<Pcm>) : type)];

    // Records that are printed in logs and tables.
    private static readonly Type[] s_results =
    [
        typeof(RobustnessCurve), typeof(RobustnessPoint), typeof(MidpointFit), typeof(DivergencePoint), typeof(SweepProgress),
        typeof(TrainingHistory), typeof(EpochResult), typeof(TrainingProgress), typeof(StepResult), typeof(EvaluationResult),
        typeof(HardwarePoint),
    ];

    public static TheoryData<string> Records => [.. s_records.Select(type => type.FullName!)];

    [Fact]
    public void RecordsAreFound()
    {
        Assert.Contains(typeof(RobustnessCurve), s_records);
        Assert.Contains(typeof(RobustnessPoint), s_records);
        Assert.Contains(typeof(LinearDescription.Conv2d), s_records);
        Assert.InRange(s_records.Length, 30, 100);
    }

    /// <summary>Examples with default members, zeros, empty arrays, and usual values.</summary>
    [Theory]
    [MemberData(nameof(Records))]
    public void ARecordPrintsWhateverIsInIt(string name)
    {
        Type type = s_records.Single(record => record.FullName == name);
        foreach (object record in Examples(type))
        {
            string text = UnderACommaCulture(record.ToString)!;
            Assert.DoesNotContain("System.", text, StringComparison.Ordinal);
            Assert.DoesNotContain("`1[", text, StringComparison.Ordinal);
            if (s_results.Contains(type)) Assert.Equal(text, record.ToString());
        }
    }

    [Fact]
    public void ACurveIsATable()
    {
        RobustnessCurve curve =
            new("LeNet5", 10, 0.9421, 2, [RobustnessPoint.Of(0.1f, [0.915, 0.925]), RobustnessPoint.Of(10f, [0.11, 0.11])]);
        Assert.Equal(
            "LeNet5: 94.2 % without noise, no midpoint: "
            + """
            The fit has 3 free values and needs points at 4 different noise levels or more; there are 2.
              σ        accuracy
            0.1  92.0 % ± 0.7 %
             10  11.0 % ± 0.0 %

            """.ReplaceLineEndings("\n"), curve.ToString());
        Assert.Equal("σ = 0.1: 92.0 % ± 0.7 %", curve.Points[0].ToString());
        Assert.Equal("σ = 2: 50.0 %", new RobustnessPoint(2f, 0.5, 0).ToString());
    }

    [Fact]
    public void ACurveWithAMidpointSaysIt()
    {
        RobustnessCurve curve = new("net", 10, 0.9, 1,
            [.. SigmaGrid.Default.Select(sigma => new RobustnessPoint(sigma, 0.1 + 0.8 / (1 + Math.Pow(sigma / 0.3, 2)), 0))]);
        Assert.StartsWith($"net: 90.0 % without noise, {curve.Midpoint}\n", curve.ToString(), StringComparison.Ordinal);
        Assert.Equal(19, curve.ToString().Count(letter => letter == '\n'));
    }

    [Fact]
    public void AHistoryIsATableOfItsEpochs()
    {
        TrainingHistory history = new([new(1, 1.25, 0.5, 1e-3f, 2000, TimeSpan.FromSeconds(1)),
            new(2, 0.0625, 0.975, 5e-4f, 2000, TimeSpan.FromSeconds(0.5))]) { Warnings = ["Mind this."] };
        Assert.Equal(
            """
            epoch    loss  accuracy  learning rate  images/s
                1    1.25    50.0 %          0.001     2,000
                2  0.0625    97.5 %         0.0005     4,000
            Mind this.

            """.ReplaceLineEndings("\n"), history.ToString());
        Assert.Equal("Epoch 2: loss 0.0625, accuracy 97.5 %, learning rate 0.0005", history.Epochs[1].ToString());
    }

    [Fact]
    public void ALongHistoryIsAShortTable()
    {
        TrainingHistory history =
            new([.. Enumerable.Range(1, 500).Select(epoch => new EpochResult(epoch, 1, 0.5, 1e-3f, 1, TimeSpan.Zero))]);
        string[] lines = history.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(22, lines.Length);
        Assert.StartsWith("   15 ", lines[15], StringComparison.Ordinal);
        Assert.StartsWith("    … ", lines[16], StringComparison.Ordinal);
        Assert.StartsWith("  496 ", lines[17], StringComparison.Ordinal);
    }

    private static IEnumerable<object> Examples(Type type)
    {
        if (type.IsValueType) yield return Activator.CreateInstance(type)!;
        ConstructorInfo constructor = type.GetConstructors().OrderByDescending(constructor => constructor.GetParameters().Length).First();
        for (int kind = 0; kind < 3; kind++)
        {
            object?[] arguments = [.. constructor.GetParameters().Select(parameter => Value(parameter.ParameterType, kind))];
            if (type == typeof(DataSplit) && kind < 2) continue; // its members are not values, and never null
            yield return constructor.Invoke(arguments);
        }
    }

    // 0: default; 1: empty; 2: usual.
    private static object? Value(Type type, int kind)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying) return kind == 2 ? Value(underlying, kind) : null;
        if (type == typeof(string)) return kind == 0 ? "" : "text";
        if (type == typeof(ImageDataset)) return Digits.Create(1, 1, 1).Train;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>)) return Array(type, kind);
        if (type == typeof(bool)) return kind == 2;
        if (type.IsPrimitive) return Convert.ChangeType(kind == 2 ? 1.5 : 0, type, CultureInfo.InvariantCulture);
        if (type == typeof(LinearDescription)) return kind == 2 ? new LinearDescription.Dense(3, true) : null;
        if (type.IsValueType)
            return kind == 2 && s_records.Contains(type) ? Examples(type).Last() : RuntimeHelpers.GetUninitializedObject(type);
        return kind == 2 && s_records.Contains(type) ? Examples(type).Last() : IsOptional(type) ? null : Examples(type).Last();
    }

    private static bool IsOptional(Type type) => type != typeof(ParameterDescription);

    private static object Array(Type type, int kind)
    {
        if (kind == 0) return Activator.CreateInstance(type)!;
        Type element = type.GetGenericArguments()[0];
        var values = System.Array.CreateInstance(element, kind == 1 ? 0 : 1);
        if (kind == 2) values.SetValue(Value(element, kind), 0);
        return typeof(ImmutableArray).GetMethods()
            .Single(method => method.Name == nameof(ImmutableArray.Create) && method.GetParameters() is [{ ParameterType.IsArray: true }])
            .MakeGenericMethod(element).Invoke(null, [values])!;
    }

    private static T UnderACommaCulture<T>(Func<T> code)
    {
        CultureInfo before = CultureInfo.CurrentCulture, comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (comma.NumberFormat.NumberDecimalSeparator, comma.NumberFormat.NumberGroupSeparator) = (",", ".");
        try
        {
            CultureInfo.CurrentCulture = comma;
            return code();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
