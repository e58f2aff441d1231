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
            int targetRow = pass.Source.Width * pass.Channels * Lanes;
            writer.Loop("int", "row", 0, pass.Source.Height / pass.Rows, pass.Rows, row => writer.Write(
                $"{name}Rows(ref gradient, ref weights, ref zeros, ref scratch, ref {Element("target", Times(row, targetRow))}, {row});"));
        }

        writer.Space();
        Rows(writer, pass, name + "Rows", "ref float zeros, ", output);
    }

    // `output` is the transform of the products, up to where its results go.
    private static void Rows(SourceWriter writer, WinogradPass pass, string name, string parameters, Func<string, string> output)
    {
        using (writer.HotMethod(
            $"public static void {name}(ref float source, ref float weights, {parameters}ref float scratch, ref float target, nint row)"))
        {
            writer.Write($"ref float products = ref Unsafe.Add(ref scratch, {pass.TransformedInputs});");
            int columns = pass.Rows * pass.Squares;
            writer.Loop("nint", "column", 0, pass.Source.Width / columns, columns, column => Columns(writer, pass, column, output));
        }
    }

    // Squares beside each other: their inputs are transformed, then multiplied, and the products transformed into outputs.
    private static void Columns(SourceWriter writer, WinogradPass pass, string column, Func<string, string> output)
    {
        int inputs = pass.Source.Channels;
        string transforms = pass.Transforms.Class;
        Squares(writer, pass, square =>
        {
            string source = Element("scratch", Times(square, inputs * Lanes)), first = Sum(column, Times(square, pass.Rows));
            return $"{transforms}.Input(ref source, ref {source}, row, {first}, {pass.Source.Height}, {pass.Source.Width}, "
                + $"pixel: {inputs * Lanes}, values: {inputs * Lanes}, product: {pass.ProductInputs});";
        });
        using (writer.Block($"for (nint product = 0; product < {pass.Products}; product++)"))
        {
            writer.Write($"ref float inputs = ref Unsafe.Add(ref scratch, product * {pass.ProductInputs});");
            writer.Write($"ref float sums = ref Unsafe.Add(ref products, product * {pass.ProductOutputs});");
            foreach (Run run in pass.Runs) Tiles(writer, pass, run);
        }

        Squares(writer, pass, square =>
        {
            int pixel = pass.Channels * Lanes;
            string products = Element("products", Times(square, pixel));
            string target = Element("target", Sum(Times(column, pixel), Times(square, pass.Rows * pixel)));
            return $"{transforms}.{output(products)}ref {target}, {pass.Source.Width}, {pass.Channels}, product: {pass.ProductOutputs});";
        });
    }

    // Once for each square.
    private static void Squares(SourceWriter writer, WinogradPass pass, Func<string, string> call) =>
        writer.Loop("nint", "square", 0, pass.Squares, 1, square => writer.Write(call(square)));

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
