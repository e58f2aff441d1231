namespace NoiseGen;

/// <summary>
/// The learning rate over the epochs of a training, as a function of time only. Like PyTorch's schedulers when <c>step()</c> is called once
/// per epoch, it changes between epochs; schedules that change with every step have ByStep in their names.
/// </summary>
public abstract class LearningRateSchedule
{
    private protected LearningRateSchedule() { }

    /// <summary>The rate never changes.</summary>
    public static LearningRateSchedule Constant { get; } = new ConstantRate();

    /// <summary>
    /// Half a cosine from the initial rate η₀ towards the final rate η_min, with one rate per epoch: <c>η = η_min + (η₀ − η_min)·(1 +
    /// cos(π·epoch/epochs))/2</c> in epoch 0, 1, …, epochs − 1. This is PyTorch's <c>CosineAnnealingLR(T_max = epochs, eta_min =
    /// η_min)</c>, stepped once per epoch, as the authors of arXiv 2501.14531 use it (arXiv 1608.03983 without restarts). The last epoch
    /// still has a rate above η_min.
    /// </summary>
    /// <param name="last">η_min, a finite number, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not allowed.</exception>
    public static LearningRateSchedule Cosine(float last = 0f) => new CosineRate(Setting.NotNegative(last, nameof(last)));

    /// <summary>
    /// As <see cref="Cosine"/>, with one rate per step: the epoch in the formula is the number of completed steps divided by the steps per
    /// epoch, and is therefore fractional. It is PyTorch's <c>CosineAnnealingLR(T_max = epochs · steps)</c>, stepped after every batch. On
    /// average its rate is that of <see cref="Cosine"/> half an epoch later: in a short training the network learns noticeably less.
    /// </summary>
    /// <param name="last">η_min, a finite number, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not allowed.</exception>
    public static LearningRateSchedule CosineByStep(float last = 0f) => new CosineByStepRate(Setting.NotNegative(last, nameof(last)));

    /// <summary>
    /// The rate is multiplied by a factor after every given number of epochs, <c>η = η₀·factor^⌊epoch/every⌋</c>: PyTorch's <c>StepLR</c>,
    /// stepped once per epoch.
    /// </summary>
    /// <param name="every">Epochs from one change to the next, at least 1.</param>
    /// <param name="factor">The factor, a finite number above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not allowed.</exception>
    public static LearningRateSchedule Step(int every, float factor = 0.1f)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(every, 1);
        return new StepRate(every, Setting.Positive(factor, nameof(factor)));
    }

    /// <summary>
    /// The rate rises from epoch to epoch to the first rate of another schedule, which then covers the remaining epochs: <c>η = η₀·(start +
    /// (1 − start)·epoch/epochs)</c>, PyTorch's <c>SequentialLR</c> of <c>LinearLR(start_factor = start, total_iters = epochs)</c> and that
    /// schedule, stepped once per epoch.
    /// </summary>
    /// <param name="epochs">Length of the rise, at least 1.</param>
    /// <param name="then">What follows.</param>
    /// <param name="start">The part of the first rate at which it begins, 0 … 1, 1 excluded.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not allowed.</exception>
    public static LearningRateSchedule WarmUp(int epochs, LearningRateSchedule then, double start = 0.1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(epochs, 1);
        return new WarmUpRate(epochs, then ?? throw new ArgumentNullException(nameof(then)), Setting.Fraction(start, nameof(start)));
    }

    /// <summary>
    /// As <see cref="WarmUp"/>, but linear from step to step, and therefore of any length: its epoch is fractional. The epochs of the
    /// schedule that follows begin where the rise ends.
    /// </summary>
    /// <param name="epochs">Length of the rise in epochs or parts of one, above 0.</param>
    /// <param name="then">What follows.</param>
    /// <param name="start">The part of the first rate at which it begins, 0 … 1, 1 excluded.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not allowed.</exception>
    public static LearningRateSchedule WarmUpByStep(double epochs, LearningRateSchedule then, double start = 0.1)
    {
        Setting.Positive(epochs, nameof(epochs));
        return new WarmUpByStepRate(epochs, then ?? throw new ArgumentNullException(nameof(then)), Setting.Fraction(start, nameof(start)));
    }

    /// <summary>The learning rate at a time.</summary>
    /// <param name="first">The initial rate of the training.</param>
    /// <param name="epoch">The time: completed epochs, possibly fractional, 0 … <paramref name="epochs"/>.</param>
    /// <param name="epochs">Length of the whole training, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is outside the training.</exception>
    public float Rate(float first, double epoch, double epochs)
    {
        Setting.NotNegative(first, nameof(first));
        Setting.Positive(epochs, nameof(epochs));
        if (!(epoch >= 0 && epoch <= epochs))
            throw new ArgumentOutOfRangeException(nameof(epoch), epoch, $"The time lies in the training, 0 … {epochs}.");
        return (float)At(first, epoch, epochs);
    }

    private protected abstract double At(double first, double epoch, double epochs);

    /// <summary>Whether the rate depends on the length of the training.</summary>
    internal virtual bool DependsOnEpochs => false;

    private sealed class ConstantRate : LearningRateSchedule
    {
        public override string ToString() => "constant";

        private protected override double At(double first, double epoch, double epochs) => first;
    }

    private sealed class CosineRate(double last) : LearningRateSchedule
    {
        public override string ToString() => InvariantText.Of($"cosine by epoch to {last}");

        internal override bool DependsOnEpochs => true;

        private protected override double At(double first, double epoch, double epochs) =>
            HalfCosine(first, last, Math.Floor(epoch) / epochs);
    }

    private sealed class CosineByStepRate(double last) : LearningRateSchedule
    {
        public override string ToString() => InvariantText.Of($"cosine by step to {last}");

        internal override bool DependsOnEpochs => true;

        private protected override double At(double first, double epoch, double epochs) => HalfCosine(first, last, epoch / epochs);
    }

    // cos(πx) = sin(π(½ − x)) for 0 ≤ x ≤ 1 by the sine's Taylor series, whose next term is below 1e-18: the last bit of the library
    // function may differ between machines.
    private static double HalfCosine(double first, double last, double x)
    {
        double angle = Math.PI * (0.5 - x), square = angle * angle;
        double sum = 1;
        for (int n = 22; n >= 2; n -= 2) sum = 1 - sum * square / (n * (n + 1));
        return last + (first - last) * (1 + angle * sum) / 2;
    }

    private sealed class StepRate(int every, double factor) : LearningRateSchedule
    {
        public override string ToString() => InvariantText.Of($"times {factor} every {every} epochs");

        private protected override double At(double first, double epoch, double epochs)
        {
            double rate = first;
            for (double change = every; change <= epoch; change += every) rate *= factor;
            return rate;
        }
    }

    private sealed class WarmUpRate(int length, LearningRateSchedule then, double start) : LearningRateSchedule
    {
        public override string ToString() => InvariantText.Of($"warm-up by epoch from {start} over {length} epochs, then {then}");

        internal override bool DependsOnEpochs => then.DependsOnEpochs;

        private protected override double At(double first, double epoch, double epochs) =>
            epoch < length ? Rise(first, start, Math.Floor(epoch) / length) : After(then, length, first, epoch, epochs);
    }

    private sealed class WarmUpByStepRate(double length, LearningRateSchedule then, double start) : LearningRateSchedule
    {
        public override string ToString() => InvariantText.Of($"warm-up by step from {start} over {length} epochs, then {then}");

        internal override bool DependsOnEpochs => then.DependsOnEpochs;

        private protected override double At(double first, double epoch, double epochs) =>
            epoch < length ? Rise(first, start, epoch / length) : After(then, length, first, epoch, epochs);
    }

    private static double Rise(double first, double start, double part) => first * (start + (1 - start) * part);

    private static double After(LearningRateSchedule then, double length, double first, double epoch, double epochs) =>
        then.At(first, epoch - length, Math.Max(epochs - length, double.Epsilon));
}
