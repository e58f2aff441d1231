using Google.Protobuf;
using NoiseGen.Onnx.Export;
using NoiseGen.Onnx.Format;
using NoiseGen.Storage;

namespace NoiseGen.Onnx;

/// <summary>Writes networks as ONNX models.</summary>
public static class OnnxExport
{
    /// <summary>
    /// Exports what the network computes in evaluation as an ONNX file, for other runtimes and tools. It has one input, <c>input</c>, N ×
    /// channels × height × width or N × features, and one output, <c>output</c>, N × classes; N is any number of images. The initializers
    /// have the names that <see cref="NeuralNetwork.Save"/> gives to tensors, and nodes begin with the paths of their stages. An existing
    /// file is replaced only when the new one is complete: a crash leaves either the old or the new one.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="options">What the model has in addition to weights and operations; null for the defaults.</param>
    /// <exception cref="NotSupportedException">
    /// ONNX cannot express the noise of a site, which the message names;
    /// or the model is larger than 2 GiB, the limit of the file format.
    /// </exception>
    /// <exception cref="InvalidOperationException">The network is in use by another call.</exception>
    /// <exception cref="IOException">
    /// The file cannot be written, is read-only, or is not a regular file. An existing file is unchanged.
    /// A symbolic link stays, and its target is written.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The network has been disposed.</exception>
    public static void ExportOnnx(this NeuralNetwork network, string path, OnnxOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentException.ThrowIfNullOrEmpty(path);
        WholeFile.Check(path);
        network.WithoutOthers(() =>
        {
            ProtoMessage model = new ModelExport(network, options ?? new OnnxOptions()).Model();
            CheckSize(network.Description.Name, model);
            WholeFile.Write(path, stream =>
            {
                using var output = new CodedOutputStream(stream, leaveOpen: true);
                model.WriteTo(output);
            });
        });
    }

    // The limit of protocol buffers, on which the format is based.
    internal static void CheckSize(string name, ProtoMessage model)
    {
        if (model.Size > int.MaxValue)
            throw new NotSupportedException($"The model of {name} has {model.Size} bytes; an ONNX file can have at most {int.MaxValue}.");
    }
}
