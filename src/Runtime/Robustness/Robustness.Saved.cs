namespace NoiseGen;

// Networks that are in files.
public static partial class Robustness
{
    /// <summary>
    /// As <see cref="Sweep(NeuralNetwork, BatchSource, IReadOnlyList{float}, int, Action{SweepProgress}, CancellationToken)"/>,
    /// of networks whose weights are in files: a new
    /// network is made for each, reads it, and is disposed of afterwards.
    /// </summary>
    /// <typeparam name="TNetwork">The network's class.</typeparam>
    /// <param name="files">What <see cref="NeuralNetwork.Save"/>, a checkpoint or PyTorch wrote; at least one.</param>
    /// <param name="test">The data; started anew for each evaluation.</param>
    /// <param name="sigmas">The noise levels, each finite and above 0; <see cref="SigmaGrid.Default"/> when not given,
    /// or <see cref="SigmaGrid.PercentOfRange"/> where all sites have that unit.</param>
    /// <param name="repeats">Noise realisations for each level, at least 1.</param>
    /// <param name="prepare">Is called with each network when it has its weights: to calibrate it, say. Nothing when not given.</param>
    /// <param name="progress">Is called after every evaluation, on the caller's thread.</param>
    /// <param name="cancellation">Stops between two evaluations.</param>
    /// <returns>A curve for each file, named as the file without its ending.</returns>
    /// <exception cref="ArgumentException">There is no file; the data or a level are not allowed, or a network is not finite.</exception>
    /// <exception cref="CheckpointException">A file is not this network's.</exception>
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
    /// <param name="file">What <see cref="NeuralNetwork.Save"/>, a checkpoint or PyTorch wrote.</param>
    /// <param name="test">The data; started anew for each evaluation.</param>
    /// <param name="sigmas">The noise levels, as for several files.</param>
    /// <param name="repeats">Noise realisations for each level, at least 1.</param>
    /// <param name="prepare">Is called with the network when it has its weights.</param>
    /// <param name="progress">Is called after every evaluation, on the caller's thread.</param>
    /// <param name="cancellation">Stops between two evaluations.</param>
    /// <returns>A curve, named as the file without its ending.</returns>
    /// <exception cref="ArgumentException">The data or a level are not allowed, or the network is not finite.</exception>
    /// <exception cref="CheckpointException">The file is not this network's.</exception>
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
