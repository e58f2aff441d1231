using NoiseGen.Generator.Loops.Kernels;
using NoiseGen.Generator.Planning;
using static NoiseGen.Generator.Emission.Expressions;
using static NoiseGen.Generator.Model.LaneLayout;

namespace NoiseGen.Generator.Emission;

/// <summary>Prints the steps of a convolution by Winograd's transforms.</summary>
internal sealed class WinogradStepEmitter(SourceWriter writer, KernelStepEmitter steps)
{
    public void Emit(WinogradStep step)
    {
        WinogradPass pass = step.Pass;
        switch (step)
        {
            case WinogradStep.CallRows call: CallRows(pass, call.Method); break;
            case WinogradStep.NameProducts:
                writer.Write($"ref float products = ref Unsafe.Add(ref scratch, {pass.TransformedInputs});");
                break;
            case WinogradStep.TransformInput: TransformInput(pass); break;
            case WinogradStep.NameProduct: NameProduct(pass); break;
            case WinogradStep.Multiply multiply: Multiply(pass, multiply.Run); break;
            case WinogradStep.TransformOutput output: TransformOutput(pass, output.Start); break;
            default: throw new NotSupportedException($"No method prints {step.GetType().Name}.");
        }
    }

    private void CallRows(WinogradPass pass, string method)
    {
        string row = steps[LoopIndex.Row], target = Element("target", Times(row, pass.Source.Width * pass.Channels * Lanes));
        writer.Write($"{method}(ref gradient, ref weights, ref zeros, ref scratch, ref {target}, {row});");
    }

    private void TransformInput(WinogradPass pass)
    {
        int pixel = pass.Source.Channels * Lanes;
        string square = steps[LoopIndex.Square], values = Element("scratch", Times(square, pixel));
        string column = Sum(steps[LoopIndex.Column], Times(square, pass.Rows));
        writer.Write(
            $"{pass.Transforms.Class}.Input(ref source, ref {values}, row, {column}, {pass.Source.Height}, {pass.Source.Width}, "
            + $"pixel: {pixel}, values: {pixel}, product: {pass.ProductInputs});");
    }

    private void NameProduct(WinogradPass pass) => writer.Write($"""
        ref float inputs = ref Unsafe.Add(ref scratch, product * {pass.ProductInputs});
        ref float sums = ref Unsafe.Add(ref products, product * {pass.ProductOutputs});
        """);

    private void Multiply(WinogradPass pass, Run run)
    {
        int inputs = pass.Source.Channels;
        string channel = steps[LoopIndex.Channel];
        string weights = Sum(Times(steps[LoopIndex.Product], inputs * pass.Channels), Times(channel, inputs));
        writer.Write(
            $"Tiles.{WinogradPass.TileOf(run).Name}(ref inputs, ref Unsafe.Add(ref weights, {weights}), ref zeros, ref {Element("sums", Times(channel, Lanes))}, 1, run: {inputs}, "
            + $"sourceRow: 0, weightRow: 0, tiles: {pass.Squares}, sourcePixel: {inputs * Lanes}, targetPixel: {pass.Channels * Lanes});");
    }

    private void TransformOutput(WinogradPass pass, WinogradStart start)
    {
        int pixel = pass.Channels * Lanes;
        string square = steps[LoopIndex.Square], products = Element("products", Times(square, pixel));
        string target = Element("target", Sum(Times(steps[LoopIndex.Column], pixel), Times(square, pass.Rows * pixel)));
        string output = start switch
        {
            WinogradStart.Biases => $"Output(ref {products}, ref biases, 1, ",
            WinogradStart.NoBiases => $"Output(ref {products}, ref biases, 0, ",
            WinogradStart.Zeros => $"Output(ref {products}, ref zeros, 0, ",
            _ => $"AddOutput(ref {products}, ",
        };
        writer.Write(
            $"{pass.Transforms.Class}.{output}ref {target}, {pass.Source.Width}, {pass.Channels}, product: {pass.ProductOutputs});");
    }
}
