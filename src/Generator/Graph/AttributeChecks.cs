using System.Globalization;
using NoiseGen.Generator.Model;

namespace NoiseGen.Generator.Graph;

/// <summary>The checks of one operation's attribute.</summary>
/// <param name="stage">The stage as read so far, from the attributes before this one.</param>
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
        if (!isLegal)
            problems.Add(
                DiagnosticIds.NumberRange, At(argument), stage.Name, argument, value.ToString("R", CultureInfo.InvariantCulture), allowed);
    }

    /// <summary>Reports a residual outside a block.</summary>
    public void InBlock()
    {
        if (!stage.Scope.IsBlock)
            problems.Add(
                DiagnosticIds.OutsideBlock, At(null), stage.Name, "[Residual]", "the block's input",
                "name a stage, such as [Add(nameof(Stem))], or [Add] for the network's input");
    }

    /// <summary>
    /// Evaluates a number with the values of <see cref="Block"/>'s placeholders; without a value, reports it and returns 1.
    /// </summary>
    public int Resolved(SizeExpression size, string argument)
    {
        if (size.FirstPlaceholder is { } placeholder && !stage.Scope.IsBlock)
        {
            problems.Add(
                DiagnosticIds.OutsideBlock, At(argument), stage.Name, placeholder, "what [Repeat] gives the block", "write the number");
            return 1;
        }

        if (size.Value(stage.Scope.Channels, stage.Scope.Stride) is { } value) return value;
        string given = $"{size}, where Block.Channels is {Text(stage.Scope.Channels)} and Block.Stride {Text(stage.Scope.Stride)}";
        problems.Add(DiagnosticIds.NumberRange, At(argument), stage.Name, argument, given, "a number of 32 bits, and no division by 0");
        return 1;
    }

    /// <summary>Evaluates a number that must be positive.</summary>
    public int Positive(SizeExpression size, string argument)
    {
        int value = Resolved(size, argument);
        Positive(value, argument);
        return value;
    }

    public WindowNode Kernel(WindowDeclaration window) => Resolved(
        window, (nameof(Conv2dAttribute.Kernel), nameof(Conv2dAttribute.KernelHeight), nameof(Conv2dAttribute.KernelWidth)), _ => 1,
        size => (size - 1, $"one less than its kernel of {Text(size)}"));

    public WindowNode Window(WindowDeclaration window) => Resolved(
        window, (nameof(MaxPoolAttribute.Size), nameof(MaxPoolAttribute.WindowHeight), nameof(MaxPoolAttribute.WindowWidth)), size => size,
        size => (size / 2, $"half its window of {Text(size)}"));

    /// <param name="arguments">Names of the arguments: size of a square, height, width.</param>
    /// <param name="usualStride">The default stride for a size.</param>
    /// <param name="mostPadding">The largest padding that a size allows, and where that limit comes from.</param>
    private WindowNode Resolved(
        WindowDeclaration window, (string Size, string Height, string Width) arguments, Func<int, int> usualStride,
        Func<int, (int Largest, string Origin)> mostPadding)
    {
        bool isSquare = window.Height == window.Width;
        int height = Resolved(window.Height, isSquare ? arguments.Size : arguments.Height),
            width = isSquare ? height : Resolved(window.Width, arguments.Width);
        bool rows = Positive(height, isSquare ? arguments.Size : arguments.Height),
            columns = isSquare ? rows : Positive(width, arguments.Width);
        (int strideHeight, int strideWidth) = Both(
            window.Stride, window.StrideHeight, window.StrideWidth, nameof(WindowAttribute.Stride),
            (usualStride(height), usualStride(width)), Positive);
        (int paddingHeight, int paddingWidth) = Both(
            window.Padding, window.PaddingHeight, window.PaddingWidth, nameof(WindowAttribute.Padding), (0, 0), (_, _) => true);
        if (rows) Padding(paddingHeight, mostPadding(height), Argument(window.PaddingHeight, nameof(WindowAttribute.PaddingHeight)));
        if (columns && !(isSquare && paddingHeight == paddingWidth))
            Padding(paddingWidth, mostPadding(width), Argument(window.PaddingWidth, nameof(WindowAttribute.PaddingWidth)));
        return new WindowNode(height, width, strideHeight, strideWidth, paddingHeight, paddingWidth);
    }

    private static string Argument(SizeExpression? own, string name) => own is null ? nameof(WindowAttribute.Padding) : name;

    // Rows and columns each use their own number if given, else the common one, else the default. The common one is resolved and checked
    // once.
    private (int Height, int Width) Both(
        SizeExpression? both, SizeExpression? height, SizeExpression? width, string argument, (int Height, int Width) usual,
        Func<int, string, bool> check)
    {
        if (both is not null && (height is null || width is null))
        {
            int value = Resolved(both, argument);
            check(value, argument);
            usual = (value, value);
        }

        int rows = height is null ? usual.Height : Resolved(height, argument + "Height"),
            columns = width is null ? usual.Width : Resolved(width, argument + "Width");
        if (height is not null) check(rows, argument + "Height");
        if (width is not null) check(columns, argument + "Width");
        return (rows, columns);
    }

    private void Padding(int value, (int Largest, string Origin) most, string argument)
    {
        if (value < 0 || value > most.Largest)
            problems.Add(DiagnosticIds.Padding, At(argument), stage.Name, value, most.Largest, most.Origin);
    }

    private Place At(string? argument) => stage.Scope.At(stage.Index, attribute, argument);
}
