using Microsoft.ML.OnnxRuntime;
using NoiseGen.Onnx;

namespace NoiseGen.Tests;

/// <summary>
/// A network's export, loaded by ONNX Runtime with default settings, plus its strictest rule:
/// every declared shape must be the one that it infers.
/// </summary>
internal sealed class OnnxModel : IDisposable
{
    private readonly Shape _input;
    private readonly SessionOptions _options = new() { IntraOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };

    public OnnxModel(byte[] file, Shape input)
    {
        _input = input;
        _options.AddSessionConfigEntry("session.strict_shape_type_inference", "1");
        Session = new InferenceSession(file, _options);
    }

    private OnnxModel(string path, Shape input)
    {
        _input = input;
        Session = new InferenceSession(path, _options);
    }

    public InferenceSession Session { get; }

    public static OnnxModel Of(NeuralNetwork network, OnnxNoise noise = OnnxNoise.None) =>
        new(Export(network, new OnnxOptions { Noise = noise }), network.Description.Input);

    /// <summary>A model written by another tool, with its external files.</summary>
    public static OnnxModel At(string path, Shape input) => new(path, input);

    /// <summary>The bytes of a network's file.</summary>
    public static byte[] Export(NeuralNetwork network, OnnxOptions? options = null)
    {
        using var folder = new TemporaryFolder();
        network.ExportOnnx(folder.File("network.onnx"), options);
        return File.ReadAllBytes(folder.File("network.onnx"));
    }

    /// <summary>The logits of images, one after the other.</summary>
    public float[] Run(float[] images) => Run(images, "output")[0];

    /// <summary>Several of the model's outputs.</summary>
    public float[][] Run(float[] images, params string[] outputs)
    {
        long count = images.Length / _input.Count;
        using var input = OrtValue.CreateTensorValueFromMemory(
            images, _input.IsFlat ? [count, _input.Channels] : [count, _input.Channels, _input.Height, _input.Width]);
        using var run = new RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> results = Session.Run(run, ["input"], [input], outputs);
        return [.. results.Select(result => result.GetTensorDataAsSpan<float>().ToArray())];
    }

    public void Dispose()
    {
        Session.Dispose();
        _options.Dispose();
    }
}
