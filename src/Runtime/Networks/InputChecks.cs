namespace NoiseGen;

/// <summary>Validates inputs once, at the public API.</summary>
/// <param name="description">The network.</param>
/// <param name="engine">Its engine.</param>
internal sealed class InputChecks(NetworkDescription description, Engine engine)
{
    private int Classes => description.Output.Count;

    /// <summary>Number of images, after checking that the labels or targets fit.</summary>
    /// <exception cref="ArgumentException">A length does not fit, or a label is not a class.</exception>
    /// <exception cref="InvalidOperationException">There are labels, and the network has no classes.</exception>
    public int Count(in Examples examples)
    {
        int count = CountImages(examples.Images);
        CheckAnswers(examples, count);
        return count;
    }

    /// <summary>As <see cref="Count"/>, for images that form one batch.</summary>
    public int BatchCount(in Examples examples)
    {
        int count = CountImages(examples.Images);
        engine.CheckCount(count, "images");
        CheckAnswers(examples, count);
        return count;
    }

    /// <summary>Rejects a source that does not fit the network.</summary>
    public void Source(BatchSource batches)
    {
        ArgumentNullException.ThrowIfNull(batches);
        if (batches.Shape != description.Input)
        {
            throw new ArgumentException(
                $"{description.Name} takes images of {description.Input}; this source gives {batches.Shape}.", nameof(batches));
        }

        if (batches.Targets > 0)
        {
            if (batches.Targets == Classes) return;
            throw new ArgumentException(
                $"{description.Name} has {Classes} outputs; this source has {batches.Targets} targets.", nameof(batches));
        }

        CheckHasClasses();
        if (batches.Classes > Classes)
        {
            throw new ArgumentException(
                $"{description.Name} tells {Classes} classes apart; this source has {batches.Classes}.", nameof(batches));
        }
    }

    private int CountImages(ReadOnlySpan<float> images)
    {
        int length = description.Input.Count;
        if (images.Length == 0 || images.Length % length != 0)
        {
            throw new ArgumentException(
                $"The images of {description.Name} are {description.Input}, {length} values each; "
                + $"{images.Length} values are not a whole number of them, at least 1.", nameof(images));
        }

        return images.Length / length;
    }

    private void CheckAnswers(in Examples examples, int count)
    {
        if (examples.HasTargets) CheckTargets(examples.Targets, count);
        else if (examples.HasLabels) CheckLabels(examples.Labels, count);
    }

    private void CheckTargets(ReadOnlySpan<float> targets, int count)
    {
        if (targets.Length != (long)count * Classes)
        {
            throw new ArgumentException(
                $"{count} images of {description.Name} need {count} × {Classes} targets, not {targets.Length}.", nameof(targets));
        }
    }

    private void CheckLabels(ReadOnlySpan<int> labels, int count)
    {
        if (labels.Length != count)
            throw new ArgumentException($"{count} images need {count} labels, not {labels.Length}.", nameof(labels));
        CheckHasClasses();
        ClassLabels.Check(labels, Classes);
    }

    private void CheckHasClasses()
    {
        if (Classes >= 2) return;
        throw new InvalidOperationException(
            $"{description.Name} has a single output, and so no classes to tell apart: give targets in place of labels.");
    }
}
