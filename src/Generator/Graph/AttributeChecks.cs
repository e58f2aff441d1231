using System.Globalization;
using NoiseGen.Generator.Diagnostics;
using NoiseGen.Generator.Parsing;

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

    public void Range(bool isLegal, string argument, float value, string allowed)
    {
        if (!isLegal) problems.Add(DiagnosticIds.NumberRange, At(argument), stage.Name, argument, value.ToString("R", CultureInfo.InvariantCulture), allowed);
    }

    /// <param name="what">What only a block has.</param>
    /// <param name="attribute">The attribute that names a stage in its place.</param>
    public void InBlock(string what, string attribute)
    {
        if (!stage.Scope.IsBlock) problems.Add(DiagnosticIds.OutsideBlock, At(null), stage.Name, what, "the block's input", $"name a stage, such as [{attribute}(nameof(Stem))]");
    }

    /// <summary>The number that one of <see cref="Block"/>'s stands for; others stand for themselves.</summary>
    public int Resolved(int value, string argument)
    {
        if (value is not (Block.Channels or Block.Stride)) return value;
        if (stage.Scope.IsBlock) return value == Block.Channels ? stage.Scope.Channels : stage.Scope.Stride;
        string what = value == Block.Channels ? "Block.Channels" : "Block.Stride";
        problems.Add(DiagnosticIds.OutsideBlock, At(argument), stage.Name, what, "what [Repeat] gives the block", "write the number");
        return 1;
    }

    public WindowNode Kernel(WindowDeclaration window) => Resolved(
        window, (nameof(Conv2dAttribute.Kernel), nameof(Conv2dAttribute.KernelHeight), nameof(Conv2dAttribute.KernelWidth)), (1, 1),
        size => (size - 1, $"one less than its kernel of {Text(size)}"));

    public WindowNode Window(WindowDeclaration window) => Resolved(
        window, (nameof(MaxPoolAttribute.Size), nameof(MaxPoolAttribute.WindowHeight), nameof(MaxPoolAttribute.WindowWidth)), (window.Height, window.Width),
        size => (size / 2, $"half its window of {Text(size)}"));

    /// <param name="arguments">Arguments of a square's size, and of heights and widths.</param>
    /// <param name="strides">Strides where none are written.</param>
    /// <param name="mostPadding">The largest padding that a size allows, and what it is.</param>
    private WindowNode Resolved(
        WindowDeclaration window, (string Size, string Height, string Width) arguments, (int Height, int Width) strides, Func<int, (int Largest, string Origin)> mostPadding)
    {
        bool isSquare = window.Height == window.Width;
        bool rows = Positive(window.Height, isSquare ? arguments.Size : arguments.Height);
        bool columns = isSquare ? rows : Positive(window.Width, arguments.Width);
        WindowNode resolved = Strides(window, strides.Height, strides.Width);
        if (rows) Padding(resolved.PaddingHeight, mostPadding(resolved.Height), Argument(window.PaddingHeight, nameof(WindowAttribute.PaddingHeight)));
        if (columns && !(isSquare && resolved.PaddingHeight == resolved.PaddingWidth))
            Padding(resolved.PaddingWidth, mostPadding(resolved.Width), Argument(window.PaddingWidth, nameof(WindowAttribute.PaddingWidth)));
        return resolved;
    }

    private static string Argument(int? own, string name) => own is null ? nameof(WindowAttribute.Padding) : name;

    private WindowNode Strides(WindowDeclaration window, int height, int width)
    {
        AttributeChecks checks = this;
        int Stride(int? own, string argument, int usual)
        {
            if ((own ?? window.Stride) is not { } written) return usual;
            string name = own is null ? nameof(WindowAttribute.Stride) : argument;
            int stride = checks.Resolved(written, name);
            bool isReported = own is null && argument == nameof(WindowAttribute.StrideWidth) && window.StrideHeight is null;
            if (stride < 1 && !isReported) checks.Positive(stride, name);
            return stride;
        }

        return new WindowNode(
            window.Height, window.Width,
            Stride(window.StrideHeight, nameof(WindowAttribute.StrideHeight), height), Stride(window.StrideWidth, nameof(WindowAttribute.StrideWidth), width),
            window.PaddingHeight ?? window.Padding ?? 0, window.PaddingWidth ?? window.Padding ?? 0);
    }

    private void Padding(int value, (int Largest, string Origin) most, string argument)
    {
        if (value < 0 || value > most.Largest) problems.Add(DiagnosticIds.Padding, At(argument), stage.Name, value, most.Largest, most.Origin);
    }

    private Place At(string? argument) => stage.Scope.At(stage.Index, attribute, argument);
}
