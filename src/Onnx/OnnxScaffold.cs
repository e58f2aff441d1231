using NoiseGen.Onnx.Format;
using NoiseGen.Onnx.Scaffold;
using NoiseGen.Storage;

namespace NoiseGen.Onnx;

/// <summary>
/// An ONNX model as a network: its declaration in C#, and its weights. Conv, Gemm, MatMul, BatchNormalization, Relu, LeakyRelu, Sigmoid,
/// Tanh, MaxPool, AveragePool, GlobalAveragePool, GlobalMaxPool, ReduceMean, Add, Concat, Dropout and what only changes shapes are known;
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
            OneLine($"Scaffolded from {source}{producer}. net.Load reads the weights that were written beside it."));
    }

    /// <summary>The declaration, as a file of C#.</summary>
    public string Code { get; }

    /// <summary>What was left out, and why, by node; empty for most models.</summary>
    public IReadOnlyList<string> Notes => _translation.Notes;

    /// <summary>Number of stages.</summary>
    public int StageCount => _translation.Stages.Count;

    /// <summary>Number of weights, biases, scales and shifts.</summary>
    public long ParameterCount => _translation.Stages.Sum(stage =>
        (stage.Linear?.Weights.LongLength ?? 0) + (stage.Linear?.Biases?.LongLength ?? 0) + 2 * (stage.Norm?.Weights.LongLength ?? 0));

    /// <summary>Reads a model.</summary>
    /// <param name="path">The file; tensors that it keeps in others are read from beside it.</param>
    /// <param name="options">Names of class and namespace; null for <c>Model</c> without one.</param>
    /// <exception cref="OnnxScaffoldException">
    /// It is no ONNX model, or the language has no word for some of its nodes. All of them are told, with name, type and reason.
    /// </exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static OnnxScaffold Read(string path, OnnxScaffoldOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        OnnxModel model = OnnxReader.Read(path);
        return new(Path.GetFileName(path), model, Translation.Of(model, path), options ?? new());
    }

    /// <summary>Writes the declaration. The file is there whole or not at all.</summary>
    /// <param name="path">The file; its folder exists.</param>
    /// <exception cref="IOException">It cannot be written; whatever was there is as it was.</exception>
    public void SaveCode(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        WholeFile.Write(path, Code);
    }

    /// <summary>
    /// Writes the weights as a safetensors file, under the names that the declared network loads. It is there whole or not at all.
    /// </summary>
    /// <param name="path">The file; its folder exists.</param>
    /// <exception cref="IOException">It cannot be written; whatever was there is as it was.</exception>
    public void SaveWeights(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        WholeFile.Write(path,
            stream =>
            WeightsFile.Write(stream, _translation.Stages, new Dictionary<string, string> { ["format"] = "pt", ["source"] = _source }));
    }

    // What a model says of itself ends no comment.
    private static string OneLine(string text) =>
        string.Concat(text.Select(letter => char.IsControl(letter) || letter is '\u2028' or '\u2029' ? ' ' : letter));
}
