using System.Buffers.Binary;
using System.IO.Compression;
using NoiseGen.Storage;

namespace NoiseGen;

/// <summary>A file read from front to back, compressed by gzip or not. Every error is a <see cref="DataFileException"/>.</summary>
internal sealed class DataFile : IDisposable
{
    private const int FirstRead = 1 << 20; // memory asked for before any content is seen: what a header claims is not trusted

    private readonly string _path;
    private readonly Stream _stream;
    private readonly string _packing;

    private DataFile(string path, Stream stream, string packing = "gzip") => (_path, _stream, _packing) = (path, stream, packing);

    /// <summary>Opens the first of some names that exists in a folder.</summary>
    public static DataFile Open(string folder, params ReadOnlySpan<string> names)
    {
        if (!Directory.Exists(folder))
            throw new DataFileException(folder, $"expected a folder with {names[0]}, found {WhatIsNoFolder(folder)}.");
        foreach (string name in names)
        {
            string path = Path.Combine(folder, name);
            if (FileKind.Irregular(path) is { } kind) throw new DataFileException(path, $"expected a regular file, found {kind}.");
            if (File.Exists(path)) return Open(path);
        }

        throw new DataFileException(folder, $"expected the file {string.Join(" or ", names)}, found none of that name.");
    }

    private static string WhatIsNoFolder(string path) => FileKind.Irregular(path) ?? (File.Exists(path) ? "a file" : "no such folder");

    private static DataFile Open(string path)
    {
        try
        {
            Stream stream = File.OpenRead(path);
            return new(path, path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress) : stream);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataFileException(path, $"expected a readable file, found: {e.Message}", e);
        }
    }

    /// <summary>A 32-bit number, most significant byte first.</summary>
    public int ReadInt32(string what) => BinaryPrimitives.ReadInt32BigEndian(ReadBytes(sizeof(int), what));

    /// <summary>Reads a number of bytes. Memory grows with the actual content, whatever the header claims.</summary>
    public byte[] ReadBytes(long length, string what)
    {
        if (length > Array.MaxLength) throw Wrong($"at most {Array.MaxLength} bytes of {what}", $"a header that asks for {length}");
        byte[] bytes = new byte[Math.Min(length, FirstRead)];
        int filled = 0;
        while (filled < length)
        {
            if (filled == bytes.Length) Array.Resize(ref bytes, (int)Math.Min(length, 2L * bytes.Length));
            int read = Read(bytes.AsSpan(filled));
            if (read == 0) throw Wrong($"{length} bytes of {what}", $"only {filled}, then the end of the file");
            filled += read;
        }

        return bytes;
    }

    /// <summary>Fills a span; false if the file has ended exactly before it.</summary>
    public bool TryRead(Span<byte> bytes, string what)
    {
        int filled = 0;
        for (int read; filled < bytes.Length && (read = Read(bytes[filled..])) > 0;) filled += read;
        return filled == bytes.Length
            || (filled == 0 ? false : throw Wrong($"{bytes.Length} bytes of {what}", $"only {filled}, then the end of the file"));
    }

    /// <summary>The content of some of its bytes, compressed by zlib. Errors name this file.</summary>
    public DataFile Unpack(byte[] packed) => new(_path, new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress), "zlib");

    /// <summary>Some of its bytes as a separate file. Errors name this file.</summary>
    public DataFile Inside(byte[] content) => new(_path, new MemoryStream(content));

    /// <summary>Checks that nothing follows.</summary>
    public void ExpectEnd()
    {
        Span<byte> extra = stackalloc byte[1];
        if (Read(extra) != 0) throw Wrong("the end of the file", "more bytes");
    }

    /// <summary>An error about this file.</summary>
    public DataFileException Wrong(string expected, string found, Exception? inner = null) =>
        new(_path, $"expected {expected}, found {found}.", inner);

    public void Dispose() => _stream.Dispose();

    private int Read(Span<byte> bytes)
    {
        try
        {
            return _stream.Read(bytes);
        }
        catch (InvalidDataException e)
        {
            throw Wrong($"content packed by {_packing}", "something else, or a damaged file", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Wrong("readable content", e.Message.TrimEnd('.'), e);
        }
    }
}
