using NoiseGen;

namespace Harden.Progress;

/// <summary>A line per epoch and per finished variant.</summary>
internal sealed class PlainProgress(TextWriter output) : IJobProgress
{
    private static readonly int NameWidth = Variant.All.Max(variant => variant.Name.Length);

    public void Trained(Variant variant, TrainingProgress progress)
    {
        if (progress.IsEpochEnd) Write(variant, Status.Of(progress));
    }

    public void Swept(Variant variant, SweepProgress progress) { }

    public void Finished(VariantResult result) => Write(result.Variant, Status.Of(result));

    private void Write(Variant variant, string status) => output.WriteLine($"{variant.Name.PadRight(NameWidth)}  {status}");
}
