using System.Collections.Immutable;
using NoiseGen.Storage;

namespace NoiseGen;

/// <summary>
/// How often images of each class were taken for each class: what scikit-learn's <c>confusion_matrix</c>
/// and <c>classification_report</c> tell.
/// </summary>
public sealed class ConfusionMatrix
{
    private const int MostClassesInText = 20; // what fits into lines of a terminal

    private readonly int[] _counts; // class × predicted class

    private ConfusionMatrix(int classes) => (Classes, _counts) = (classes, new int[classes * classes]);

    /// <summary>Number of classes.</summary>
    public int Classes { get; }

    /// <summary>What the classes are called: their numbers unless given, such as those of <see cref="ImageDataset.ClassNames"/>.</summary>
    /// <exception cref="ArgumentException">There are not as many names as classes.</exception>
    public ImmutableArray<string> ClassNames
    {
        get => field.IsDefaultOrEmpty ? [.. Enumerable.Range(0, Classes).Select(number => InvariantText.Of(number))] : field;
        init => field = value.IsDefaultOrEmpty || value.Length == Classes
            ? value
            : throw new ArgumentException($"{Classes} classes need {Classes} names; found {value.Length}.");
    }

    /// <summary>Images counted.</summary>
    public int Images => _counts.Sum();

    /// <summary>The fraction of all images that were told right, 0 … 1.</summary>
    public double Accuracy => Share(Enumerable.Range(0, Classes).Sum(one => this[one, one]), Images);

    /// <summary>How many images of a class were taken for one.</summary>
    /// <param name="label">Their class.</param>
    /// <param name="predicted">What they were taken for.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public int this[int label, int predicted]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)label, (uint)Classes, nameof(label));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)predicted, (uint)Classes, nameof(predicted));
            return _counts[label * Classes + predicted];
        }
    }

    /// <summary>
    /// Evaluates a network, with the noise that the sites' evaluation sigmas ask for.
    /// An image is taken for the class of the largest of its logits, the first of several that are alike;
    /// one without a largest, where all are NaN, for the class 0.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="batches">A source with labels of this network's shape; it is started anew.</param>
    /// <param name="draw">Number of the noise realisation: the same number gives the same samples.</param>
    /// <exception cref="ArgumentException">The source does not fit the network, has no batches, or has targets; a label is not a class;
    /// a pixel is not a finite number.</exception>
    /// <exception cref="InvalidOperationException">Another call is using the network, the range of a noise site is not known yet,
    /// or it has a single output.</exception>
    /// <exception cref="ObjectDisposedException">The network was disposed of.</exception>
    public static ConfusionMatrix Of(NeuralNetwork network, BatchSource batches, uint draw = 0)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(batches);
        if (batches.Targets > 0)
            throw new ArgumentException(
                $"Classes are told apart by labels; this source has {batches.Targets} targets in their place.", nameof(batches));
        float[] logits = network.Forward(batches, draw);
        if (logits.Length == 0) throw new ArgumentException("This source has no batches: there is nothing to evaluate.", nameof(batches));
        var matrix = new ConfusionMatrix(network.Classes);
        batches.Start(0);
        int image = 0;
        while (batches.MoveNext())
        {
            for (int i = 0; i < batches.Count; i++, image++)
                matrix._counts[
                    batches.Label(i) * network.Classes + FirstLargest(logits.AsSpan(image * network.Classes, network.Classes))]++;
        }

        return matrix;
    }

    /// <summary>The fraction of a class's images that were told right, 0 … 1 (its recall); NaN where it has no images.</summary>
    /// <param name="label">The class.</param>
    public double AccuracyOf(int label) => Share(this[label, label], ImagesOf(label));

    /// <summary>The fraction of the images taken for a class that are of it, 0 … 1; NaN where there are none.</summary>
    /// <param name="label">The class.</param>
    public double PrecisionOf(int label) => Share(this[label, label], Enumerable.Range(0, Classes).Sum(other => this[other, label]));

    /// <summary>Images of a class.</summary>
    /// <param name="label">The class.</param>
    public int ImagesOf(int label) => Enumerable.Range(0, Classes).Sum(predicted => this[label, predicted]);

    /// <summary>Writes a line for each class, with how often its images were taken for each.</summary>
    /// <param name="path">The file; one of this name is replaced.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void WriteCsv(string path) => CsvTable.Write(
        path, ["class", "images", "accuracy", "precision", .. ClassNames.Select(name => $"as {name}")],
        Enumerable.Range(0, Classes).Select(label => (IReadOnlyList<object?>)
            [ClassNames[label], ImagesOf(label), AccuracyOf(label), PrecisionOf(label), .. Enumerable.Range(0, Classes)
                .Select(predicted => (object)this[label, predicted])]));

    /// <summary>
    /// A table with a line for each class: its accuracy and precision,
    /// and of few classes how often its images were taken for each.
    /// </summary>
    public override string ToString()
    {
        int[] columns = [.. Enumerable.Range(0, Classes <= MostClassesInText ? Classes : 0)];
        string table = TextTable.Of(
            ["class", "images", "accuracy", "precision", .. columns.Select(predicted => ClassNames[predicted])],
            [.. Enumerable.Range(0, Classes).Select(label => (string[])
            [
                ClassNames[label], InvariantText.Of(ImagesOf(label)), PercentOrDash(AccuracyOf(label)), PercentOrDash(PrecisionOf(label)),
                .. columns.Select(predicted => InvariantText.Of(this[label, predicted])),
            ])]);
        return InvariantText.Of($"accuracy {Percent.Of(Accuracy)} of {Images:#,0} images\n") + table;
    }

    // As the loss counts hits.
    private static int FirstLargest(ReadOnlySpan<float> logits)
    {
        int first = 0;
        float largest = float.NegativeInfinity;
        for (int c = 0; c < logits.Length; c++)
        {
            if (logits[c] > largest) (first, largest) = (c, logits[c]);
        }

        return first;
    }

    private static double Share(int part, int all) => all == 0 ? double.NaN : (double)part / all;

    private static string PercentOrDash(double fraction) => double.IsNaN(fraction) ? "–" : Percent.Of(fraction);
}
