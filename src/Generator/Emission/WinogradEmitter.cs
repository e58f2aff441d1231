using NoiseGen.Generator.Planning;
using static NoiseGen.Generator.Emission.Expressions;
using static NoiseGen.Generator.Model.LaneLayout;

namespace NoiseGen.Generator.Emission;

/// <summary>Prints convolutions by Winograd's transforms, as many rows at a time as a square has.</summary>
internal static class WinogradEmitter
{
    /// <summary>The method of the forward pass.</summary>
    public const string RowsMethod = "WinogradRows";

    public static void Forward(SourceWriter writer, LinearKernels linear)
    {
        WinogradPass pass = linear.Winograd!;
        writer.Write($"""
            // {pass.Channels} × {pass.Source.Width} columns of the rows `row` … `row` + {pass.Rows - 1} from {pass.Source}: {pass.Transforms.Title}, {pass.Products} products for {pass.Rows * pass.Rows} pixels.
            // scratch: transformed inputs, {pass.Products} × {pass.Squares} squares × {pass.Source.Channels} × 32 images, then products, {pass.Products} × {pass.Squares} × {pass.Channels} × 32
            """);
        Rows(writer, pass, RowsMethod, "ref float zeros, ref float biases, ",
            products => $"Output(ref {products}, ref biases, {(linear.HasBiases ? 1 : 0)}, ");
    }

    public static void InputGradient(SourceWriter writer, WinogradPass pass)
    {
        writer.Write(
            $"// The gradient of the input, {pass.Channels}×{pass.Source.Height}×{pass.Source.Width}, in place of what lies in the target.");
        Gradient(writer, pass, "InputGradient", products => $"Output(ref {products}, ref zeros, 0, ");
    }

    public static void AddInputGradient(SourceWriter writer, WinogradPass pass)
    {
        writer.Write(
            $"// The gradient of the input, {pass.Channels}×{pass.Source.Height}×{pass.Source.Width}, added to what lies in the target.");
        Gradient(writer, pass, "AddInputGradient", products => $"AddOutput(ref {products}, ");
    }

    private static void Gradient(SourceWriter writer, WinogradPass pass, string name, Func<string, string> output)
    {
        using (writer.Block(
            $"public static void {name}(ref float gradient, ref float weights, ref float zeros, ref float scratch, ref float target)"))
        {
            writer.Write($$"""
                for (int row = 0; row < {{pass.Source.Height}}; row += {{pass.Rows}})
                    {{name}}Rows(ref gradient, ref weights, ref zeros, ref scratch, ref Unsafe.Add(ref target, row * {{pass.Source.Width * pass.Channels * Lanes}}), row);
                """);
        }

        writer.Space();
        Rows(writer, pass, name + "Rows", "ref float zeros, ", output);
    }

    // `output` is the transform of the products, up to where its results go.
    private static void Rows(SourceWriter writer, WinogradPass pass, string name, string parameters, Func<string, string> output)
    {
        int inputs = pass.Source.Channels, square = pass.Rows * pass.Channels * Lanes;
        using (writer.HotMethod(
            $"public static void {name}(ref float source, ref float weights, {parameters}ref float scratch, ref float target, nint row)"))
        {
            writer.Write($"ref float products = ref Unsafe.Add(ref scratch, {pass.TransformedInputs});");
            using (writer.Block($"for (nint column = 0; column < {pass.Source.Width}; column += {pass.Rows * pass.Squares})"))
            {
                Squares(writer, pass,
                    $"{pass.Transforms.Class}.Input(ref source, ref {SquareOf(pass, "scratch", inputs)}, row, {Column(pass)}, {pass.Source.Height}, {pass.Source.Width}, "
                    + $"pixel: {inputs * Lanes}, values: {inputs * Lanes}, product: {pass.ProductInputs});");
                using (writer.Block($"for (nint product = 0; product < {pass.Products}; product++)"))
                {
                    writer.Write($"ref float inputs = ref Unsafe.Add(ref scratch, product * {pass.ProductInputs});");
                    writer.Write($"ref float sums = ref Unsafe.Add(ref products, product * {pass.ProductOutputs});");
                    foreach (Run run in pass.Runs) Tiles(writer, pass, run);
                }

                Squares(writer, pass, $"{pass.Transforms.Class}.{output(SquareOf(pass, "products", pass.Channels))}"
                    + $"ref Unsafe.Add(ref target, column * {pass.Channels * Lanes}{(pass.Squares == 1 ? "" : $" + square * {square}")}), {pass.Source.Width}, {pass.Channels}, product: {pass.ProductOutputs});");
            }
        }
    }

    // Once for each square.
    private static void Squares(SourceWriter writer, WinogradPass pass, string call)
    {
        if (pass.Squares > 1) writer.Write($"for (nint square = 0; square < {pass.Squares}; square++)");
        writer.Write((pass.Squares > 1 ? "    " : "") + call);
    }

    private static string SquareOf(WinogradPass pass, string name, int channels) =>
        pass.Squares == 1 ? name : $"Unsafe.Add(ref {name}, square * {channels * Lanes})";

    private static string Column(WinogradPass pass) => pass.Squares == 1 ? "column" : $"column + square * {pass.Rows}";

    private static void Tiles(SourceWriter writer, WinogradPass pass, Run run)
    {
        int inputs = pass.Source.Channels;
        writer.Loop("nint", "channel", run.Start, run.Count, run.Width, channel =>
        {
            string weights = Sum(Times("product", inputs * pass.Channels), Times(channel, inputs));
            writer.Write(
                $"Tiles.{WinogradPass.TileOf(run).Name}(ref inputs, ref Unsafe.Add(ref weights, {weights}), ref zeros, ref {Element("sums", Times(channel, Lanes))}, 1, run: {inputs}, "
                + $"sourceRow: 0, weightRow: 0, tiles: {pass.Squares}, sourcePixel: {inputs * Lanes}, targetPixel: {pass.Channels * Lanes});");
        });
    }
}
