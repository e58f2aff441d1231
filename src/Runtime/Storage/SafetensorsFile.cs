using System.Collections.Immutable;
using System.Runtime.InteropServices;
using NoiseGen.Storage;

namespace NoiseGen;

/// <summary>
/// A safetensors file, open for reading: names, types, shapes and values of its tensors, and the metadata. The header is checked when the
/// file is opened, and values are read on request.
/// </summary>
/// <remarks>
/// <code>
/// using SafetensorsFile file = SafetensorsFile.Open("resnet18.safetensors");
/// foreach (SafetensorsTensor tensor in file.Tensors) Console.WriteLine(tensor);   // conv1.weight, F32 [64, 3, 7, 7]
/// float[] weights = file.Read("conv1.weight");
/// </code>
/// </remarks>
public sealed class SafetensorsFile : IDisposable
{
    private readonly string _path;
    private readonly FileStream _stream;
    private readonly SafetensorsHeader _header;

    private SafetensorsFile(string path, FileStream stream)
    {
        (_path, _stream) = (path, stream);
        _header = SafetensorsHeader.Read(stream, path);
        IEnumerable<TensorEntry> inOrder = _header.Tensors.Values.OrderBy(tensor => tensor.Begin);
        Tensors = [.. inOrder.Select(tensor => new SafetensorsTensor(tensor.Name, tensor.Type, [.. tensor.Shape]))];
    }

    /// <summary>The tensors, in file order.</summary>
    public IReadOnlyList<SafetensorsTensor> Tensors { get; }

    /// <summary>The metadata: texts by key.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _header.Metadata;

    internal SafetensorsHeader Header => _header;

    /// <summary>Opens a file and reads its header.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="CheckpointException">It is not a complete safetensors file, or not a regular file.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static SafetensorsFile Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (FileKind.Irregular(path) is { } kind) throw new CheckpointException(path, $"expected a regular file, found {kind}");
        FileStream? stream = null;
        try
        {
            stream = File.OpenRead(path);
            return new SafetensorsFile(path, stream);
        }
        // UnauthorizedAccessException is not an IOException.
        catch (UnauthorizedAccessException failure)
        {
            throw new IOException($"{path}: expected a readable file, found: {failure.Message}", failure);
        }
        catch
        {
            stream?.Dispose();
            throw;
        }
    }

    /// <summary>
    /// The values of a tensor, row by row. Floats of 16 and 64 bits, integers and Booleans are converted to the nearest 32-bit floats.
    /// </summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="KeyNotFoundException">There is no such tensor.</exception>
    /// <exception cref="CheckpointException">Its type has no conversion (F8_E4M3 and F8_E5M2), or it has more values than fit in an
    /// array.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="ObjectDisposedException">The file was closed.</exception>
    public float[] Read(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _header.Tensors.TryGetValue(name, out TensorEntry? tensor)
            ? Read(tensor)
            : throw new KeyNotFoundException($"{_path} has no tensor '{name}'; it has {_header.ListOfNames()}.");
    }

    internal float[] Read(TensorEntry tensor)
    {
        if (!TensorConversion.IsKnown(tensor.Type)) throw new CheckpointException(_path, TensorConversion.Refusal(tensor));
        if (tensor.End - tensor.Begin > Array.MaxLength)
            throw new CheckpointException(_path,
                $"tensor '{tensor.Name}' takes {tensor.End - tensor.Begin} bytes; {Array.MaxLength} are the most that can be read");
        _stream.Position = _header.DataStart + tensor.Begin;
        if (tensor.Type == TensorConversion.Native)
        {
            var values = new float[(tensor.End - tensor.Begin) / sizeof(float)];
            _stream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
            return values;
        }

        var bytes = new byte[tensor.End - tensor.Begin];
        _stream.ReadExactly(bytes);
        return TensorConversion.ToFloats(tensor.Type, bytes);
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _stream.Dispose();
}

/// <summary>A tensor of a safetensors file.</summary>
/// <param name="Name">Its name, such as <c>conv1.weight</c>.</param>
/// <param name="Type">The type of its values as the format calls it, such as <c>F32</c>, <c>BF16</c> or <c>I64</c>.</param>
/// <param name="Shape">Its dimensions; none for a single number.</param>
public sealed record SafetensorsTensor(string Name, string Type, ImmutableArray<long> Shape)
{
    /// <summary>Such as <c>conv1.weight, F32 [64, 3, 7, 7]</c>.</summary>
    public override string ToString() => $"{Name}, {Type} [{string.Join(", ", Shape.IsDefault ? [] : Shape)}]";
}
