namespace NoiseGen.Storage;

/// <summary>A file that is there whole or not at all.</summary>
internal static class WholeFile
{
    /// <summary>Writes a new file beside the old one, and puts it in its place when it is whole: a crash leaves the one or the other.</summary>
    /// <param name="path">The file; its folder exists.</param>
    /// <param name="write">Writes its bytes.</param>
    /// <exception cref="IOException">It cannot be written; a file that was there is as it was.</exception>
    public static void Write(string path, Action<FileStream> write)
    {
        string full = Path.GetFullPath(path);
        // Of one name, so that what a kill leaves behind is written over the next time.
        string temporary = Path.Combine(Path.GetDirectoryName(full)!, $".{Path.GetFileName(full)}.tmp");
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, full, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Discard(temporary);
            throw new IOException($"{full}: it cannot be written ({failure.Message.TrimEnd('.')}). What was there before is as it was.", failure);
        }
        catch
        {
            Discard(temporary);
            throw;
        }
    }

    // A disk that is full or gone may refuse that, too; the next file takes its place.
    private static void Discard(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
        }
    }
}
