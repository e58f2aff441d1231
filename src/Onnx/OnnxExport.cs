using Google.Protobuf;
using NoiseGen.Onnx.Export;
using NoiseGen.Onnx.Format;
using NoiseGen.Storage;

namespace NoiseGen.Onnx;

/// <summary>Writes networks as ONNX models.</summary>
public static class OnnxExport
{
    /// <summary>
    /// Writes what the network computes in evaluation to an ONNX file, for other runtimes and tools.
    /// It has one input, <c>input</c>, N × channels × height × width or N × features, and one output, <c>output</c>, N × classes;
    /// N is any number of images. The initializers have the names that
    /// <see cref="NeuralNetwork.Save"/> gives to tensors, and nodes begin with the paths of their stages.
    /// A file of this name is replaced once the new one is whole: a crash leaves the one or the other.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="path">The file; its folder exists.</param>
    /// <param name="options">What it has beside weights and operations; null for the defaults.</param>
    /// <exception cref="NotSupportedException">
    /// The noise of a site, which the message names, cannot be expressed;
    /// or the model is larger than the 2 GiB that a file of this format can have.
    /// </exception>
    /// <exception cref="InvalidOperationException">The network is in use by another call.</exception>
    /// <exception cref="IOException">
    /// The file cannot be written, is read-only, or what is there is no regular file; whatever was there is as it was. A symbolic link
    /// stays, and the file that it leads to is written.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The network was disposed of.</exception>
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

    // The limit of protocol buffers, which the format is made of.
    internal static void CheckSize(string name, ProtoMessage model)
    {
        if (model.Size > int.MaxValue)
            throw new NotSupportedException($"{name} makes a model of {model.Size} bytes; an ONNX file has at most {int.MaxValue}.");
    }
}
