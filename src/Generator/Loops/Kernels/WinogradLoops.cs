using NoiseGen.Generator.Planning;

namespace NoiseGen.Generator.Loops.Kernels;

/// <summary>Decides the loops of a convolution by Winograd's transforms, as many rows at a time as a square has.</summary>
internal static class WinogradLoops
{
    private static readonly string[] s_private = ["scratch"];

    public static KernelMethod Forward(WinogradPass pass, bool hasBiases) => Rows(
        pass,
        KernelMethod.WinogradRows,
        $"{pass.Channels} × {pass.Source.Width} columns of the rows `row` … `row` + {pass.Rows - 1} from {pass.Source}: "
            + $"{pass.Transforms.Title}, {pass.Products} products for {pass.Rows * pass.Rows} pixels.\n"
            + $"scratch: transformed inputs, {pass.Products} × {pass.Squares} squares × {pass.Source.Channels} × 32 images, "
            + $"then products, {pass.Products} × {pass.Squares} × {pass.Channels} × 32",
        ["zeros", "biases"],
        hasBiases ? WinogradStart.Biases : WinogradStart.NoBiases);

    /// <summary>The input gradient: the method for all rows, and the one that it calls.</summary>
    public static IEnumerable<KernelMethod> InputGradient(WinogradPass pass, string name, WinogradStart start)
    {
        string map = $"{pass.Channels}×{pass.Source.Height}×{pass.Source.Width}", rows = name + "Rows";
        yield return new(
            name,
            $"The gradient of the input, {map}, {(start == WinogradStart.Target ? "added to" : "in place of")} what lies in the target.",
            MethodCompilation.Tiered, [.. Floats("gradient", "weights", "zeros", "scratch", "target")],
            [new KernelStep.Loop(
                LoopIndex.Row, 0, pass.Source.Height / pass.Rows, pass.Rows, new(DivisionKind.Rows, pass.Rows, s_private),
                [new WinogradStep.CallRows(pass, rows)])]);
        yield return Rows(pass, rows, null, ["zeros"], start);
    }

    // Squares beside each other: their inputs are transformed, then multiplied, and the products transformed into outputs.
    private static KernelMethod Rows(WinogradPass pass, string name, string? remark, string[] starts, WinogradStart start)
    {
        int columns = pass.Rows * pass.Squares;
        KernelStep Squares(KernelStep step) => new KernelStep.Loop(LoopIndex.Square, 0, pass.Squares, 1, new(DivisionKind.Squares), [step]);
        KernelStep[] body =
        [
            Squares(new WinogradStep.TransformInput(pass)),
            new KernelStep.Loop(
                LoopIndex.Product, 0, pass.Products, 1, new(DivisionKind.Products),
                [
                    new WinogradStep.NameProduct(pass),
                    .. pass.Runs.Select(run => new KernelStep.Loop(
                        LoopIndex.Channel, run.Start, run.Count, run.Width, new(DivisionKind.Channels, run.Width),
                        [new WinogradStep.Multiply(pass, run)])),
                ]),
            Squares(new WinogradStep.TransformOutput(pass, start)),
        ];
        return new(
            name, remark, MethodCompilation.Optimized,
            [.. Floats(["source", "weights", .. starts, "scratch", "target"]), KernelParameter.Row],
            [
                new WinogradStep.NameProducts(pass),
                new KernelStep.Loop(
                    LoopIndex.Column, 0, pass.Source.Width / columns, columns, new(DivisionKind.Columns, columns, s_private), body),
            ]);
    }

    private static IEnumerable<KernelParameter> Floats(params string[] names) => names.Select(KernelParameter.Floats);
}
