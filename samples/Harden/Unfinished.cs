using NoiseGen;
using NoiseGen.Storage;

namespace Harden;

/// <summary>
/// The state of an unfinished run: a folder with a checkpoint per training, and the arguments that they depend on.
/// Only the same command resumes from it.
/// </summary>
internal sealed class Unfinished
{
    private const string Arguments = "arguments.txt";

    private readonly string _path;

    private Unfinished(string path) => _path = path;

    /// <summary>Creates or opens the folder.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="settings">The settings that the trainings depend on.</param>
    /// <exception cref="IOException">It cannot be created or read, or belongs to a different run.</exception>
    public static Unfinished Open(string path, Settings settings)
    {
        string file = Path.Combine(path, Arguments), arguments = string.Join(' ', CommandLine.WriteTraining(settings));
        Directory.CreateDirectory(path);
        if (Directory.GetFiles(path, Checkpoint("*")).Length == 0) WholeFile.Write(file, arguments);
        if (FileKind.Irregular(file) is { } kind) throw new IOException($"{file}: found {kind}; allowed is a regular file.");
        string found = File.ReadAllText(file);
        if (found != arguments)
        {
            throw new IOException(
                $"{path} has the state of a run with other arguments: {found}. Those of this run are: {arguments}. "
                    + "Finish that run with its arguments, remove the folder to abandon it, or choose another folder with --out.");
        }

        return new Unfinished(path);
    }

    /// <summary>Has a trainer keep where it stands, and go on from there.</summary>
    /// <param name="name">Of the training.</param>
    /// <param name="trainer">What trains.</param>
    /// <returns>The epochs that are behind it; null where it begins.</returns>
    public int? Keep(string name, Trainer trainer)
    {
        trainer.Checkpoint = PathOf(name);
        return File.Exists(trainer.Checkpoint) ? TrainingHistory.Load(trainer.Checkpoint).Epochs.Length : null;
    }

    /// <summary>Whether a folder keeps a run.</summary>
    public static bool IsAt(string path) => File.Exists(Path.Combine(path, Arguments));

    /// <summary>Removes the state when everything is finished. Files that do not belong to it stay.</summary>
    public void Remove()
    {
        foreach (string file in Directory.GetFiles(_path, Checkpoint("*"))) File.Delete(file);
        File.Delete(Path.Combine(_path, Arguments));
        if (!Directory.EnumerateFileSystemEntries(_path).Any()) Directory.Delete(_path);
    }

    private string PathOf(string name) => Path.Combine(_path, Checkpoint(name.Replace(' ', '-')));

    private static string Checkpoint(string name) => $"{name}.safetensors";
}
