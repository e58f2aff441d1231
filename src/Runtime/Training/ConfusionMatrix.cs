using System.Collections.Immutable;
using NoiseGen.Storage;

namespace NoiseGen;

/// <summary>
/// How often images of each class were classified as each class: the figures of scikit-learn's <c>confusion_matrix</c> and
/// <c>classification_report</c>.
/// </summary>
public sealed class ConfusionMatrix
{
    private const int MostClassesInText = 20; // what fits into lines of a terminal

    private readonly int[] _counts; // class × predicted class

    private ConfusionMatrix(int classes) => (Classes, _counts) = (classes, new int[classes * classes]);

    /// <summary>Number of classes.</summary>
    public int Classes { get; }

    /// <summary>Names of the classes, such as those of <see cref="ImageDataset.ClassNames"/>; their numbers by default.</summary>
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

    /// <summary>The fraction of all images that were classified correctly, 0 … 1.</summary>
    public double Accuracy => Share(Enumerable.Range(0, Classes).Sum(one => this[one, one]), Images);

    /// <summary>Number of images of one class that were classified as a given class.</summary>
    /// <param name="label">Their class.</param>
    /// <param name="predicted">The predicted class.</param>
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
    /// Evaluates a network, with the noise given by the evaluation sigmas of the sites. The predicted class is that of the largest logit,
    /// or the first of several equal ones; it is class 0 if all logits are NaN.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="batches">A source with labels of this network's shape; it is restarted.</param>
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

    /// <summary>The fraction of a class's images that were classified correctly, 0 … 1 (its recall); NaN if it has no images.</summary>
    /// <param name="label">The class.</param>
    public double AccuracyOf(int label) => Share(this[label, label], ImagesOf(label));

    /// <summary>The fraction of the images classified as a class that belong to it, 0 … 1; NaN if there are none.</summary>
    /// <param name="label">The class.</param>
    public double PrecisionOf(int label) => Share(this[label, label], Enumerable.Range(0, Classes).Sum(other => this[other, label]));

    /// <summary>Images of a class.</summary>
    /// <param name="label">The class.</param>
    public int ImagesOf(int label) => Enumerable.Range(0, Classes).Sum(predicted => this[label, predicted]);

    /// <summary>Writes a line for each class, with the number of its images classified as each class.</summary>
    /// <param name="path">The file; one of this name is replaced.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void WriteCsv(string path) => CsvTable.Write(
        path, ["class", "images", "accuracy", "precision", .. ClassNames.Select(name => $"as {name}")],
        Enumerable.Range(0, Classes).Select(label => (IReadOnlyList<object?>)
            [ClassNames[label], ImagesOf(label), AccuracyOf(label), PrecisionOf(label), .. Enumerable.Range(0, Classes)
                .Select(predicted => (object)this[label, predicted])]));

    /// <summary>
    /// A table with a line for each class: its accuracy and precision and, if there are few classes, the number of its images classified as
    /// each class.
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

    // The same rule as for the hits that the loss counts.
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
