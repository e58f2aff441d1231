namespace NoiseGen;

/// <summary>
/// Least squares of <c>y = floor + (plateau − floor) / (1 + exp(k(x − middle)))</c> with the floor fixed, by the Levenberg–Marquardt method
/// (Marquardt 1963). The free values are (plateau, log k, middle), so that k stays above 0.
/// </summary>
/// <param name="Plateau">The value towards x = −∞.</param>
/// <param name="Steepness">k.</param>
/// <param name="Middle">The x at which y is half-way between plateau and floor.</param>
/// <param name="MiddleError">Standard error of the middle; infinite if the points do not determine it.</param>
/// <param name="SquaredResiduals">Sum of the squared residuals.</param>
internal sealed record LogisticFit(double Plateau, double Steepness, double Middle, double MiddleError, double SquaredResiduals)
{
    private const int MaxSteps = 500;             // a fit takes about ten
    private const double SmallestDamping = 1e-12;
    private const double LargestDamping = 1e12;   // by then a step is too small to change anything
    private const double FirstSteepness = 2.5;    // the steepness of the papers' curves

    /// <summary>Fits points, at least four at different x.</summary>
    /// <param name="x">The x values.</param>
    /// <param name="y">The y values.</param>
    /// <param name="floor">The value towards x = ∞.</param>
    /// <param name="plateau">Initial guess of the value towards x = −∞.</param>
    /// <param name="middle">Initial guess of the x at which y is half-way.</param>
    public static LogisticFit To(double[] x, double[] y, double floor, double plateau, double middle)
    {
        var model = new Model(x, y, floor);
        Vector3D values = new(plateau, Math.Log(FirstSteepness), middle);
        NormalEquations equations = model.At(values);
        double damping = 1e-3;
        for (int step = 0; step < MaxSteps && damping < LargestDamping; step++)
        {
            Vector3D next = values + equations.Step(damping);
            NormalEquations nextEquations = model.At(next);
            if (nextEquations.SquaredResiduals < equations.SquaredResiduals)
            {
                (values, equations) = (next, nextEquations);
                damping = Math.Max(damping / 10, SmallestDamping);
            }
            else
            {
                damping *= 10;
            }
        }

        double variance = equations.SquaredResiduals / (x.Length - 3);
        return new LogisticFit(
            values.X, Math.Exp(values.Y), values.Z, Math.Sqrt(variance * equations.LastInverse()), equations.SquaredResiduals);
    }

    /// <summary>The points and the function that is fitted to them.</summary>
    private sealed class Model(double[] x, double[] y, double floor)
    {
        /// <summary>The normal equations at (plateau, log k, middle), summed over the points.</summary>
        public NormalEquations At(Vector3D values)
        {
            (double plateau, double steepness, double middle) = (values.X, Math.Exp(values.Y), values.Z);
            var equations = new NormalEquations();
            for (int i = 0; i < x.Length; i++)
            {
                double distance = steepness * (x[i] - middle);
                double share = 1 / (1 + Math.Exp(distance));
                double slope = -(plateau - floor) * share * (1 - share); // dy/d(distance)
                // dy/dplateau, dy/dlog k = slope·distance, dy/dmiddle = −slope·k
                equations.Add(y[i] - floor - (plateau - floor) * share, new Vector3D(share, slope * distance, -slope * steepness));
            }

            return equations;
        }
    }

    private readonly record struct Vector3D(double X, double Y, double Z)
    {
        public static Vector3D operator +(Vector3D a, Vector3D b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);
    }

    /// <summary>JᵀJ and Jᵀr of the residuals r with the Jacobian J.</summary>
    private sealed class NormalEquations
    {
        private double _xx, _xy, _xz, _yy, _yz, _zz;
        private double _x, _y, _z;

        public double SquaredResiduals { get; private set; }

        public void Add(double residual, Vector3D derivative)
        {
            (double x, double y, double z) = derivative;
            _xx += x * x; _xy += x * y; _xz += x * z;
            _yy += y * y; _yz += y * z; _zz += z * z;
            _x += x * residual; _y += y * residual; _z += z * residual;
            SquaredResiduals += residual * residual;
        }

        /// <summary>The solution of (JᵀJ + damping·diag(JᵀJ))·step = Jᵀr, by Cholesky's decomposition.</summary>
        public Vector3D Step(double damping)
        {
            Cholesky l = Decompose(1 + damping);
            double u = _x / l.A, v = (_y - l.B * u) / l.C, w = (_z - l.D * u - l.E * v) / l.F;
            double z = w / l.F, y = (v - l.E * z) / l.C, x = (u - l.B * y - l.D * z) / l.A;
            return new Vector3D(x, y, z);
        }

        /// <summary>The last diagonal element of (JᵀJ)⁻¹; infinite if JᵀJ is singular.</summary>
        public double LastInverse()
        {
            double root = Decompose(1).F;
            return root > 0 ? 1 / (root * root) : double.PositiveInfinity;
        }

        private Cholesky Decompose(double stretch)
        {
            double a = Math.Sqrt(_xx * stretch), b = _xy / a, d = _xz / a;
            double c = Math.Sqrt(_yy * stretch - b * b), e = (_yz - d * b) / c;
            return new Cholesky(a, b, c, d, e, Math.Sqrt(_zz * stretch - d * d - e * e));
        }

        // Rows of the lower triangle: A; B C; D E F. NaN if the matrix is not positive definite; no step is accepted then.
        private readonly record struct Cholesky(double A, double B, double C, double D, double E, double F);
    }
}
