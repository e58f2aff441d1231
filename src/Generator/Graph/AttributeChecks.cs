using System.Globalization;
using NoiseGen.Generator.Diagnostics;

namespace NoiseGen.Generator.Graph;

/// <summary>The checks of one operation's attribute.</summary>
/// <param name="stage">The stage as far as it is read: the attributes before this one.</param>
/// <param name="attribute">Index of the attribute.</param>
internal readonly struct AttributeChecks(StageOperations stage, int attribute, ProblemList problems)
{
    public static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    public void OnlyOne(bool another, string id)
    {
        if (another) problems.Add(id, At(null), stage.Name);
    }

    public bool Positive(int value, string argument)
    {
        if (value > 0) return true;
        problems.Add(DiagnosticIds.SizeNotPositive, At(argument), stage.Name, argument, value);
        return false;
    }

    public void Padding(int value, int largest, string origin)
    {
        if (value < 0 || value > largest) problems.Add(DiagnosticIds.Padding, At(nameof(Conv2dAttribute.Padding)), stage.Name, value, largest, origin);
    }

    private Place At(string? argument) => new(stage.Index, attribute, argument);
}
