using System.Globalization;

namespace NoiseGen;

/// <summary>The epochs of a run as a checkpoint stores them: numbers separated by spaces, one epoch after another.</summary>
internal static class HistoryText
{
    /// <summary>Its key in a checkpoint.</summary>
    public const string Key = "history";

    private const string None = "-"; // where there are targets, and so no accuracy

    public static string Write(IEnumerable<EpochResult> epochs) => string.Join(';', epochs.Select(Write));

    /// <exception cref="FormatException">The text is not a history.</exception>
    public static EpochResult[] Read(string text) =>
        [.. text.Split(';', StringSplitOptions.RemoveEmptyEntries).Select((line, i) => Read(i + 1, line.Split(' ')))];

    private static string Write(EpochResult epoch)
    {
        string accuracy = double.IsNaN(epoch.Accuracy) ? None : epoch.Accuracy.ToString("R", CultureInfo.InvariantCulture);
        string text = string.Create(
            CultureInfo.InvariantCulture, $"{epoch.Loss:R} {accuracy} {epoch.LearningRate:R} {epoch.Images} {epoch.Duration.Ticks}");
        if (epoch.Validation is not { } validation) return text;
        string correct = validation.HasTargets ? None : validation.Correct.ToString(CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"{text} {validation.Loss:R} {correct} {validation.Count}");
    }

    private static EpochResult Read(int number, string[] values)
    {
        if (values is not [var loss, var accuracy, var rate, var images, var ticks, .. var validation] || validation.Length is not (0 or 3))
            throw new FormatException($"epoch {number} has {values.Length} numbers, and 5 or 8 are expected");
        double fraction = accuracy == None ? double.NaN : Real(accuracy);
        if (fraction is < 0 or > 1)
            throw new FormatException($"epoch {number} has an accuracy of {accuracy}, and one from 0 to 1 is expected");
        return new(number, Real(loss), fraction, (float)Real(rate), Whole(images), TimeSpan.FromTicks(Number(ticks)))
        {
            Validation = validation.Length == 0 ? null : ReadValidation(number, validation),
        };
    }

    private static EvaluationResult ReadValidation(int number, string[] values)
    {
        int correct = values[1] == None ? 0 : Whole(values[1]), count = Whole(values[2]);
        if (count < 1 || correct > count)
            throw new FormatException($"epoch {number} has {correct} correct images of {count} in its validation");
        return new(Real(values[0]), correct, count) { HasTargets = values[1] == None };
    }

    /// <summary>A finite number.</summary>
    public static double Real(string text)
    {
        double number = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(number) ? number : throw new FormatException($"it has the number {text}, and a finite one is expected");
    }

    /// <summary>A whole number, at least 0.</summary>
    public static int Whole(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>A long whole number, at least 0.</summary>
    public static long Number(string text) => long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
