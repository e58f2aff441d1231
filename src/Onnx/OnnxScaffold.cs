using NoiseGen.Onnx.Format;
using NoiseGen.Onnx.Scaffold;
using NoiseGen.Storage;

namespace NoiseGen.Onnx;

/// <summary>
/// An ONNX model as a network: its declaration in C#, and its weights. Conv, Gemm, MatMul, BatchNormalization, Relu, LeakyRelu, Sigmoid,
/// Tanh, MaxPool, AveragePool, GlobalAveragePool, GlobalMaxPool, ReduceMean, Add, Concat, Dropout and shape operations are supported;
/// constants that scale or shift channels are folded into the weights before them.
/// </summary>
/// <remarks>
/// <code>
/// OnnxScaffold model = OnnxScaffold.Read("model.onnx", new() { ClassName = "ResNet" });
/// model.SaveCode("ResNet.cs");
/// model.SaveWeights("ResNet.safetensors");   // later: new ResNet().Load("ResNet.safetensors")
/// </code>
/// </remarks>
public sealed class OnnxScaffold
{
    private readonly Translation _translation;
    private readonly string _source;

    private OnnxScaffold(string source, OnnxModel model, Translation translation, OnnxScaffoldOptions options)
    {
        (_source, _translation) = (source, translation);
        StageNames.Give(translation.Stages, options.ClassName);
        string producer = model.Producer.Length == 0 ? "" : $", which {model.Producer} wrote";
        Code = Declaration.Of(translation, options,
            OneLine($"Scaffolded from {source}{producer}. net.Load loads the weights from the file next to it."));
    }

    /// <summary>The declaration, as a C# file.</summary>
    public string Code { get; }

    /// <summary>What was left out and why, per node; empty for most models.</summary>
    public IReadOnlyList<string> Notes => _translation.Notes;

    /// <summary>Number of stages.</summary>
    public int StageCount => _translation.Stages.Count;

    /// <summary>Number of weights, biases, scales and shifts.</summary>
    public long ParameterCount => _translation.Stages.Sum(stage =>
        (stage.Linear?.Weights.LongLength ?? 0) + (stage.Linear?.Biases?.LongLength ?? 0) + 2 * (stage.Norm?.Weights.LongLength ?? 0));

    /// <summary>Reads a model.</summary>
    /// <param name="path">The file; files with its external tensors must be next to it.</param>
    /// <param name="options">Names of class and namespace; null for <c>Model</c> in the global namespace.</param>
    /// <exception cref="OnnxScaffoldException">
    /// The file is not an ONNX model, or the language cannot express some of its nodes.
    /// The message lists them all, with name, type and reason.
    /// </exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static OnnxScaffold Read(string path, OnnxScaffoldOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        OnnxModel model = OnnxReader.Read(path);
        return new(Path.GetFileName(path), model, Translation.Of(model, path), options ?? new());
    }

    /// <summary>Writes the declaration. The file is written completely or not at all.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <exception cref="IOException">The file cannot be written; an existing file is unchanged.</exception>
    public void SaveCode(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        WholeFile.Write(path, Code);
    }

    /// <summary>
    /// Writes the weights as a safetensors file, under the names that the declared network loads. It is written completely or not at all.
    /// </summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <exception cref="IOException">The file cannot be written; an existing file is unchanged.</exception>
    public void SaveWeights(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        WholeFile.Write(path,
            stream =>
            WeightsFile.Write(stream, _translation.Stages, new Dictionary<string, string> { ["format"] = "pt", ["source"] = _source }));
    }

    // A model's own text must not end the comment.
    private static string OneLine(string text) =>
        string.Concat(text.Select(letter => char.IsControl(letter) || letter is '\u2028' or '\u2029' ? ' ' : letter));
}
