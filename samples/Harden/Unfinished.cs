using NoiseGen;
using NoiseGen.Storage;

namespace Harden;

/// <summary>
/// Where the trainings of a run stand that is not finished: a checkpoint for each of them, and the arguments that they depend on, in a folder of their own. The same
/// command goes on from there, no other one may.
/// </summary>
internal sealed class Unfinished
{
    private const string Arguments = "arguments.txt";

    private readonly string _path;

    private Unfinished(string path) => _path = path;

    /// <summary>Makes the folder, or takes it up.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="settings">What the trainings depend on.</param>
    /// <exception cref="IOException">It cannot be made or read, or it is another run's.</exception>
    public static Unfinished Open(string path, Settings settings)
    {
        string file = Path.Combine(path, Arguments), arguments = string.Join(' ', CommandLine.WriteTraining(settings));
        Directory.CreateDirectory(path);
        if (Directory.GetFiles(path, Checkpoint("*")).Length == 0) WholeFile.Write(file, arguments);
        if (FileKind.Irregular(file) is { } kind) throw new IOException($"{file}: found {kind}, where a regular file is expected.");
        string found = File.ReadAllText(file);
        if (found != arguments)
        {
            throw new IOException(
                $"{path} keeps where a run with other arguments stands: {found}. Those of this one are: {arguments}. Finish it with its own, remove that folder to give it up, or choose another one with --out.");
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

    /// <summary>All is finished, and elsewhere. What somebody else has put there stays.</summary>
    public void Remove()
    {
        foreach (string file in Directory.GetFiles(_path, Checkpoint("*"))) File.Delete(file);
        File.Delete(Path.Combine(_path, Arguments));
        if (!Directory.EnumerateFileSystemEntries(_path).Any()) Directory.Delete(_path);
    }

    private string PathOf(string name) => Path.Combine(_path, Checkpoint(name.Replace(' ', '-')));

    private static string Checkpoint(string name) => $"{name}.safetensors";
}
