namespace NoiseGen;

// Sweeps of networks that are stored in files.
public static partial class Robustness
{
    /// <summary>
    /// As <see cref="Sweep(NeuralNetwork, BatchSource, IReadOnlyList{float}, int, Action{SweepProgress}, CancellationToken)"/>, for
    /// networks whose weights are in files: a new network is created for each file, loads it, and is disposed of afterwards.
    /// </summary>
    /// <typeparam name="TNetwork">The network's class.</typeparam>
    /// <param name="files">Files from <see cref="NeuralNetwork.Save"/>, a checkpoint or PyTorch; at least one.</param>
    /// <param name="test">The data; it is restarted for each evaluation.</param>
    /// <param name="sigmas">The noise levels, each finite and above 0; <see cref="SigmaGrid.Default"/> when not given, or
    /// <see cref="SigmaGrid.PercentOfRange"/> if all sites have that unit.</param>
    /// <param name="repeats">Noise realisations for each level, at least 1.</param>
    /// <param name="prepare">Called with each network once its weights are loaded, for example to calibrate it; optional.</param>
    /// <param name="progress">Receives a report after every evaluation, on the caller's thread.</param>
    /// <param name="cancellation">Stops between two evaluations.</param>
    /// <returns>A curve for each file, named as the file without its ending.</returns>
    /// <exception cref="ArgumentException">There is no file; the data or a level are not allowed, or a network is not finite.</exception>
    /// <exception cref="CheckpointException">A file belongs to another network.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static RobustnessCurves Sweep<TNetwork>(
        IReadOnlyList<string> files,
        BatchSource test,
        IReadOnlyList<float>? sigmas = null,
        int repeats = 5,
        Action<TNetwork>? prepare = null,
        Action<SweepProgress>? progress = null,
        CancellationToken cancellation = default)
        where TNetwork : NeuralNetwork, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(test);
        if (files.Count == 0) throw new ArgumentException("There are no files to measure.", nameof(files));
        int batch = LargestBatch(test);
        return new([.. files.Select(file =>
        {
            using TNetwork network = TNetwork.Create(seed: 0, batch, threads: 0);
            network.Load(file);
            prepare?.Invoke(network);
            return Sweep(network, test, sigmas, repeats, progress, cancellation) with { Name = Path.GetFileNameWithoutExtension(file) };
        })]);
    }

    /// <summary>Measures how the accuracy of a network whose weights are in a file falls with the noise.</summary>
    /// <typeparam name="TNetwork">The network's class.</typeparam>
    /// <param name="file">A file from <see cref="NeuralNetwork.Save"/>, a checkpoint or PyTorch.</param>
    /// <param name="test">The data; it is restarted for each evaluation.</param>
    /// <param name="sigmas">The noise levels, as for several files.</param>
    /// <param name="repeats">Noise realisations for each level, at least 1.</param>
    /// <param name="prepare">Called with the network once its weights are loaded.</param>
    /// <param name="progress">Receives a report after every evaluation, on the caller's thread.</param>
    /// <param name="cancellation">Stops between two evaluations.</param>
    /// <returns>A curve, named as the file without its ending.</returns>
    /// <exception cref="ArgumentException">The data or a level are not allowed, or the network is not finite.</exception>
    /// <exception cref="CheckpointException">The file belongs to another network.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static RobustnessCurve Sweep<TNetwork>(
        string file,
        BatchSource test,
        IReadOnlyList<float>? sigmas = null,
        int repeats = 5,
        Action<TNetwork>? prepare = null,
        Action<SweepProgress>? progress = null,
        CancellationToken cancellation = default)
        where TNetwork : NeuralNetwork, INetwork<TNetwork> => Sweep([file], test, sigmas, repeats, prepare, progress, cancellation)[0];

    private static int LargestBatch(BatchSource test)
    {
        int largest = 1;
        test.Start(0);
        while (test.MoveNext()) largest = Math.Max(largest, test.Count);
        return largest;
    }
}
