namespace NoiseGen;

/// <summary>How the learning rate runs over the epochs of a training: a function of time alone.</summary>
public abstract class LearningRateSchedule
{
    private protected LearningRateSchedule() { }

    /// <summary>The rate never changes.</summary>
    public static LearningRateSchedule Constant { get; } = new ConstantRate();

    /// <summary>
    /// Half a cosine from the first rate down to the last: <c>last + (first − last)·(1 + cos(π·epoch/epochs))/2</c>, the closed form of PyTorch's
    /// <c>CosineAnnealingLR(T_max = epochs, eta_min = last)</c> (arXiv 1608.03983 without restarts).
    /// </summary>
    /// <param name="last">The rate that is reached at the end, a finite number, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not allowed.</exception>
    public static LearningRateSchedule Cosine(float last = 0f) => new CosineRate(Setting.NotNegative(last, nameof(last)));

    /// <summary>The rate is multiplied by a factor after every so many epochs: PyTorch's <c>StepLR</c>.</summary>
    /// <param name="every">Epochs from one change to the next, at least 1.</param>
    /// <param name="factor">The factor, a finite number above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not allowed.</exception>
    public static LearningRateSchedule Step(int every, float factor = 0.1f)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(every, 1);
        return new StepRate(every, Setting.Positive(factor, nameof(factor)));
    }

    /// <summary>
    /// The rate rises in a straight line to the first rate of another schedule, which then takes the epochs that are left: PyTorch's <c>SequentialLR</c>
    /// of <c>LinearLR(start_factor = start, total_iters = epochs)</c> and that schedule.
    /// </summary>
    /// <param name="epochs">Length of the rise in epochs or parts of one, above 0.</param>
    /// <param name="then">What follows.</param>
    /// <param name="start">The part of the first rate at which it begins, 0 … 1, 1 excluded.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not allowed.</exception>
    public static LearningRateSchedule WarmUp(double epochs, LearningRateSchedule then, double start = 0.1) =>
        new WarmUpRate(Setting.Positive(epochs, nameof(epochs)), then ?? throw new ArgumentNullException(nameof(then)), Setting.Fraction(start, nameof(start)));

    /// <summary>The learning rate at a time.</summary>
    /// <param name="first">The rate that the training was given.</param>
    /// <param name="epoch">The time: epochs done, whole or in part, 0 … <paramref name="epochs"/>.</param>
    /// <param name="epochs">Length of the whole training, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time does not lie in the training.</exception>
    public float Rate(float first, double epoch, double epochs)
    {
        Setting.NotNegative(first, nameof(first));
        Setting.Positive(epochs, nameof(epochs));
        if (!(epoch >= 0 && epoch <= epochs)) throw new ArgumentOutOfRangeException(nameof(epoch), epoch, $"The time lies in the training, 0 … {epochs}.");
        return (float)At(first, epoch, epochs);
    }

    private protected abstract double At(double first, double epoch, double epochs);

    private sealed class ConstantRate : LearningRateSchedule
    {
        public override string ToString() => "constant";

        private protected override double At(double first, double epoch, double epochs) => first;
    }

    private sealed class CosineRate(double last) : LearningRateSchedule
    {
        public override string ToString() => TrainingSettings.Invariant($"cosine to {last}");

        private protected override double At(double first, double epoch, double epochs) => last + (first - last) * (1 + CosinePi(epoch / epochs)) / 2;

        // cos(πx) = sin(π(½ − x)) for 0 ≤ x ≤ 1 by the sine's Taylor series, whose next term is below 1e-18: the library's own function
        // may differ in its last bit from machine to machine.
        private static double CosinePi(double x)
        {
            double angle = Math.PI * (0.5 - x), square = angle * angle;
            double sum = 1;
            for (int n = 22; n >= 2; n -= 2) sum = 1 - sum * square / (n * (n + 1));
            return angle * sum;
        }
    }

    private sealed class StepRate(int every, double factor) : LearningRateSchedule
    {
        public override string ToString() => TrainingSettings.Invariant($"times {factor} every {every} epochs");

        private protected override double At(double first, double epoch, double epochs)
        {
            double rate = first;
            for (double change = every; change <= epoch; change += every) rate *= factor;
            return rate;
        }
    }

    private sealed class WarmUpRate(double length, LearningRateSchedule then, double start) : LearningRateSchedule
    {
        public override string ToString() => TrainingSettings.Invariant($"warm-up from {start} over {length} epochs, then {then}");

        private protected override double At(double first, double epoch, double epochs) => epoch < length
            ? first * (start + (1 - start) * epoch / length)
            : then.At(first, epoch - length, Math.Max(epochs - length, double.Epsilon));
    }
}
